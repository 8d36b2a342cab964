// What htmx does not do: copy a line, submit a choice at once, put the focus where something happened.
(() => {
  document.addEventListener('click', event => {
    const summary = event.target.closest('summary');
    if (summary) {
      summary.parentElement.toggleAttribute('data-touched', !summary.parentElement.open);
    }
    const button = event.target.closest('[data-copy]');
    if (button && navigator.clipboard) {
      navigator.clipboard.writeText(button.dataset.copy).then(() => {
        const label = button.textContent;
        button.textContent = 'copied';
        setTimeout(() => { button.textContent = label; }, 1500);
      });
    }
  });
  document.addEventListener('change', event => {
    if (event.target.matches('select[data-submit]')) {
      event.target.form.requestSubmit();
    }
    if (event.target.matches('input[type=file][data-into]') && event.target.files.length) {
      event.target.files[0].text().then(text => { document.getElementById(event.target.dataset.into).value = text; });
    }
  });
  // A region that refreshes itself waits while somebody is in it, and leaves open what was opened.
  document.addEventListener('htmx:beforeRequest', event => {
    const place = event.detail.elt;
    if ((place.getAttribute('hx-trigger') || '').startsWith('every')
        && (place.contains(document.activeElement) || place.querySelector('details[data-touched]'))) {
      event.preventDefault();
    }
  });
  document.addEventListener('htmx:afterSettle', event => {
    if (event.target === document.body) {
      const place = document.querySelector('.calls') || document.getElementById('page');
      if (place) {
        place.focus({ preventScroll: true });
        window.scrollTo(0, 0);
      }
    }
  });
})();
