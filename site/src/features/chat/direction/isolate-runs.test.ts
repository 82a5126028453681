import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isolateRuns } from './isolate-runs.ts'

const isolatedIn = (text: string) =>
  isolateRuns(text)
    .filter((run) => run.isolated)
    .map((run) => run.text)

test.each([
  ['افتح https://x.dev/a?b=1.', ['https://x.dev/a?b=1']],
  ['الملف /usr/local/bin/node هنا', ['/usr/local/bin/node']],
  ['عدّل src/features/chat.ts، ثم', ['src/features/chat.ts']],
  ['في C:\\Users\\Ali\\file.txt', ['C:\\Users\\Ali\\file.txt']],
  ['اتصل على +966 50 123 4567 الآن', ['+966 50 123 4567']],
  ['أضف --save-dev بعده', ['--save-dev']],
  ['الدالة f(x)=x^2 متصلة', ['f(x)=x^2']],
  ['راسل a.b@example.com.', ['a.b@example.com']],
  ['نعم/لا أو 3/4', []],
  ['السعر 1,250.50$ لعدد ٣ أشهر', []],
])('%s', (text, runs) => {
  expect(isolatedIn(text)).toEqual(runs)
})

test('nothing of the text is lost or added', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      (text) =>
        isolateRuns(text)
          .map((run) => run.text)
          .join('') === text,
    ),
  )
})
