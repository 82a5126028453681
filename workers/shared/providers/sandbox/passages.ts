// What the sandbox guide knows: the documentation, in passages short enough to be an answer.
import { developerPassages } from './passages/developers.ts'
import { moneyPassages } from './passages/money.ts'
import { operatorPassages } from './passages/operators.ts'
import type { Passage } from './passages/passage.ts'
import { peoplePassages } from './passages/people.ts'
import { picturePassages } from './passages/pictures.ts'
import { startPassages } from './passages/start.ts'

export const passages: readonly Passage[] = [
  ...startPassages,
  ...moneyPassages,
  ...developerPassages,
  ...picturePassages,
  ...peoplePassages,
  ...operatorPassages,
]
