// Passkeys: the server says what is asked for, the browser asks the device, and the form is sent with its answer. The
// buttons stay hidden where there is no WebAuthn.
import { explanationOf } from './say.js';

const { PublicKeyCredential, navigator } = window;
const CANCELLED =
  'Nothing was done: it was cancelled, took too long, or the device could not tell who you are. Try again.';
/** By the name of what the browser throws. */
const SENTENCES = {
  NotAllowedError: CANCELLED,
  AbortError: CANCELLED,
  InvalidStateError: 'This device holds a passkey for your account already.',
  ConstraintError: 'This device cannot ask who you are. Choose another one, or set it up with a PIN first.',
  NotSupportedError: 'This device makes no passkeys that can be used here.',
  SecurityError: 'Passkeys do not work at this address of the forum.',
};
const OTHERWISE = 'Your browser could not do this. Try again, or another way.';
/** A challenge is good for five minutes; what is asked for in a field is asked for anew before. */
const OFFER_LASTS = 4 * 60_000;

/** What the server has against it, in its words. */
class Refusal extends Error {}

/** What is being asked for at present; the browser does one thing at a time. */
let asking;
/** The button that was pressed last, until that is done with. */
let pressed;
/** The button whose form is on its way, with the answer in it. */
let sending;
/** The last request for options. They wait for each other: the first begins the session that the next goes on with. */
let turn = Promise.resolve();

export function passkeys() {
  // With it come the readings of JSON, in all browsers that have them.
  if (!PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  for (const part of document.querySelectorAll('[data-passkey]')) part.hidden = false;
  for (const part of document.querySelectorAll('[data-no-passkey]')) part.hidden = true;
  document.addEventListener('submit', (event) => {
    const { submitter: button } = event;
    if (!button?.dataset.ceremony || button === sending) return;
    event.preventDefault();
    void press(button);
  });
  void offerInField();
}

async function press(button) {
  if (pressed || !isFilledIn(button.form)) return;
  pressed = button;
  // What the field offers could be answered, too, until the button's question is there: the form would be sent twice.
  asking?.abort();
  button.setAttribute('aria-busy', 'true');
  tell(button, '');
  try {
    const options = await fetchOptions(button);
    if (options) send(button, await ask(button.dataset.ceremony, options));
  } catch (error) {
    tell(button, error instanceof Refusal ? error.message : (SENTENCES[error.name] ?? OTHERWISE));
  } finally {
    button.removeAttribute('aria-busy');
    pressed = undefined;
  }
}

/** All but the password, which the passkey is in place of. */
function isFilledIn(form) {
  return [...form.elements].every((control) => control.type === 'password' || control.reportValidity());
}

/** Undefined when there is something else to do first. */
async function fetchOptions(button) {
  const request = () =>
    fetch(button.dataset.options, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: fieldsOf(button.form),
    });
  turn = turn.then(request, request);
  const response = await turn.catch(() => {
    throw new Refusal('That did not arrive: there is no connection. Try again.');
  });
  if (response.ok && !response.redirected) return response.json();
  if (response.redirected) location.assign(response.url);
  else if (response.status === 401) location.assign((await response.json()).signIn);
  // The page says it beside the field.
  else if (response.status === 422) send(button, '');
  else throw new Refusal(await explanationOf(response));
  return undefined;
}

function fieldsOf(form) {
  const fields = new FormData(form);
  fields.delete('password');
  return new URLSearchParams(fields);
}

/** What the device answers, as text. */
async function ask(ceremony, options, more = {}) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const credential =
    ceremony === 'create'
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
          signal,
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
          signal,
          ...more,
        });
  return JSON.stringify(credential);
}

/** Sends the form as its button would, so that the server answers with a page. */
function send(button, answer) {
  const { form } = button;
  const complete = ({ formData }) => {
    formData.delete('password');
    formData.set('passkey', answer);
  };
  form.addEventListener('formdata', complete, { once: true });
  sending = button;
  form.requestSubmit(button);
  sending = undefined;
}

/** Where the browser can, it offers passkeys among the names that it fills in. */
async function offerInField() {
  const field = document.querySelector('input[autocomplete~="webauthn"]');
  const button = document.querySelector('[data-ceremony="get"]');
  if (!field || !button || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  let offered = false;
  const offer = async () => {
    if (offered || pressed) return;
    offered = true;
    const over = setTimeout(() => asking?.abort(), OFFER_LASTS);
    try {
      const options = await fetchOptions(button);
      if (options && !pressed) send(button, await ask('get', options, { mediation: 'conditional' }));
    } catch {
      // Nobody has pressed anything: there is nothing to be told of.
    } finally {
      clearTimeout(over);
      offered = false;
    }
  };
  field.addEventListener('focus', offer);
  await offer();
}

function tell(button, text) {
  button.closest('[data-passkey]').querySelector('[role="alert"]').textContent = text;
}
