// Offers the zone of this browser, where another one is chosen.
const zoneOf = (timeZone) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;

export function offerTimeZone() {
  const select = document.querySelector('select[data-time-zone]');
  if (!select) return;
  const zone = zoneOf();
  const options = [...select.options];
  // Browsers call some zones by their older names, or by newer ones than the server.
  const option =
    options.find(({ value }) => value === zone) ?? options.find(({ value }) => isSame(value, zone));
  if (!option || option.selected) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn';
  button.textContent = `Use ${option.value.replaceAll('_', ' ')}, the zone of this browser`;
  button.addEventListener('click', () => {
    option.selected = true;
    select.focus();
    button.remove();
  });
  select.after(button);
}

function isSame(name, zone) {
  try {
    return zoneOf(name) === zone;
  } catch {
    return false;
  }
}
