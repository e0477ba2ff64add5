// Runs in browsers. Comfort only: every page works without this file.
// The compiler checks this project for Node, which has no document; hence the one untyped line.
const browser = /** @type {*} */ (globalThis);
const page = browser.document;

for (const form of page.forms) {
  // A second click would send the password, or use up the one-time request, twice.
  form.addEventListener('submit', (/** @type {*} */ event) => {
    if (form.dataset.sent === 'yes') event.preventDefault();
    mark(form, true);
  });
}

// Coming back with the browser's back button, the form may be sent again.
browser.addEventListener('pageshow', () => {
  for (const form of page.forms) mark(form, false);
});

/** @param {*} form @param {boolean} sent */
function mark(form, sent) {
  form.dataset.sent = sent ? 'yes' : 'no';
  for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', String(sent));
}

const copy = page.querySelector('[data-copy]');
if (copy && browser.navigator.clipboard) {
  copy.hidden = false;
  const status = copy.querySelector('[role="status"]');
  copy.querySelector('button').addEventListener('click', async () => {
    const list = page.getElementById(copy.dataset.copy);
    const lines = [...list.querySelectorAll('dt')].map(
      (/** @type {*} */ term) => `${term.textContent}: ${term.nextElementSibling.textContent}`,
    );
    const message = page.getElementById('message');
    try {
      await browser.navigator.clipboard.writeText([message.textContent, ...lines].join('\n'));
      status.textContent = 'Copied';
    } catch {
      status.textContent = 'The browser did not allow copying';
    }
  });
}
