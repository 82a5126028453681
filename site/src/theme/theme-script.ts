/**
 * Runs in the head of every page, before the first paint. Written as text because the page carries it inline
 * and the content security policy carries its hash.
 */
export const themeScript = `(function(){try{var t=localStorage.getItem('riwaq:theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t;if(localStorage.getItem('riwaq:signed-in')==='1')document.documentElement.dataset.signedIn=''}catch(e){}})()`
