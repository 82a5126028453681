/** Renews the sums when the address or the tax id changes. Without it they are renewed when the button is pressed. */
export const checkoutScript = `
const form = document.querySelector('form')
const summary = document.getElementById('summary')
for (const field of document.querySelectorAll('[data-renews]'))
  field.addEventListener('change', async () => {
    const answer = await fetch(form.action.replace('?', '/summary?'), { method: 'POST', body: new URLSearchParams(new FormData(form)) })
    if (answer.ok && summary) summary.innerHTML = await answer.text()
  })
`
