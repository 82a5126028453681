// What a page is for is asked for in its head, before its scripts are there, and so are the first pictures that the answer
// names: by the time there is somebody to show them they have come.

/**
 * Written as text because the page carries it inline and the content security policy carries its hash. `data-first`: the
 * addresses; `data-pictures`: the one of them whose items have thumbnails.
 */
export const firstAnswersScript = `(function(){var d=document.currentScript.dataset,w=window.riwaqFirst={};d.first.split(' ').forEach(function(a){w[a]=fetch(a,{headers:{accept:'application/json'}});w[a].catch(function(){})});var p=w[d.pictures];if(p)p.then(function(r){return r.ok?r.clone().json():null}).then(function(l){((l&&l.data)||[]).slice(0,6).forEach(function(i){if(i.urls&&i.urls.thumbnail)new Image().src=i.urls.thumbnail})}).catch(function(){})})()`

declare global {
  interface Window {
    riwaqFirst?: Record<string, Promise<Response>>
  }
}

/** Once: whoever asks again wants to know what is there by then. Null where nobody asked before. */
export function takeFirstAnswer(path: string, method = 'GET'): Promise<Response> | null {
  const answers = typeof window === 'undefined' ? undefined : window.riwaqFirst
  const answer = method === 'GET' ? answers?.[path] : undefined
  if (!answers || !answer) return null
  delete answers[path]
  return answer
}
