// "3 April 2026, 13:38 UTC" becomes "52 min ago"; the whole time, in the reader's zone, is one hover away.
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// The zone that a member has chosen, else this browser's.
const timeZone = known(document.documentElement.dataset.zone);
const day = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const whole = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'long', timeStyle: 'short' });

/** Of a zone that this browser has not heard of it takes its own: a throw here would end every script of the page. */
function known(zone) {
  try {
    return zone && new Intl.DateTimeFormat('en', { timeZone: zone }) && zone;
  } catch {
    return undefined;
  }
}

export function spell(at, now) {
  const age = now - at;
  if (age < MINUTE) return age < -MINUTE ? whole.format(at) : 'just now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  if (age < 7 * DAY) return `${Math.floor(age / DAY)} d ago`;
  return at.getFullYear() === now.getFullYear() ? day.format(at) : dayAndYear.format(at);
}

export function relativeTimes(root = document) {
  const refresh = () => {
    const now = new Date();
    for (const element of root.querySelectorAll('time[datetime]:not([data-keep])')) {
      const at = new Date(element.dateTime);
      element.title ||= whole.format(at);
      element.textContent = spell(at, now);
    }
  };
  refresh();
  if (root === document) setInterval(refresh, MINUTE);
}
