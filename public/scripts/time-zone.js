// Offers the zone of this browser, where another one is chosen.
export function offerTimeZone() {
  const select = document.querySelector('select[data-time-zone]');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const option = [...(select?.options ?? [])].find(({ value }) => value === zone);
  if (!option || option.selected) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn';
  button.textContent = `Use ${zone.replaceAll('_', ' ')}, the zone of this browser`;
  button.addEventListener('click', () => {
    option.selected = true;
    select.focus();
    button.remove();
  });
  select.after(button);
}
