/** What `/perform.js` runs in a browser. Pages work without it: the copy buttons it reveals are all it does. */
export const browserScript = `for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      document.execCommand('copy');
    }
    button.firstElementChild.textContent = 'Copied';
    setTimeout(() => {
      button.firstElementChild.textContent = 'Copy';
    }, 2000);
  });
}
`;
