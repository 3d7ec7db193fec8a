// Passkeys in Chromium, with a device of its own making: made, shown, refused by the device, and where there are none.
import { expect, test as base } from '../support/forum.ts';
import { axeFaults, keepScreenshot } from './chromium.ts';
import { Desk, PASSWORD } from './passkey-desk.ts';

const test = base.extend<{ desk: Desk }>({
  desk: async ({ app }, use) => {
    const desk = await Desk.open(app);
    await desk.plugIn();
    await use(desk);
    await desk.close();
    expect(desk.faults).toEqual([]);
  },
});

test('a newcomer signs up by passkey alone, logs out, and is logged in by it again', async ({ desk }) => {
  const { page } = desk;
  await page.goto('/sign-up?next=/rules');
  await desk.fillIn('diana_f');
  await desk.button('Create account with a passkey').click();
  await desk.arrive('/rules');
  expect([await desk.name(), await desk.passkeys()]).toEqual(['diana_f', 1]);
  await desk.logOut();

  await desk.logInByButton('/sign-in?next=/about');
  await desk.arrive('/about');
  expect(await desk.name()).toBe('diana_f');
  await page.goto('/settings/account');
  expect(await page.locator('#set-passkeys ~ ul').textContent()).toContain('last used');
  await keepScreenshot(page, 'account-with-passkey-1280');
});

test('where names are filled in, a passkey is offered and logs in without a button', async ({ desk }) => {
  const { page } = desk;
  await desk.becomeMember('diana_f');
  await desk.logOut();
  // The device answers for the person who would choose from the list.
  await page.goto('/sign-in?next=/about');
  await desk.arrive('/about');
  expect(await desk.name()).toBe('diana_f');
});

test.for(['waits for an answer', 'is not asked yet'] as const)(
  'a button that is pressed is asked about alone, if what the field offers %s',
  async (offer, { desk }) => {
    const { page } = desk;
    const heard: string[] = [];
    await page.exposeFunction('hear', (what: string) => void heard.push(what));
    await page.addInitScript(() => {
      const { hear } = window as unknown as { hear: (what: string) => void };
      const { credentials } = navigator;
      const get = credentials.get.bind(credentials);
      credentials.get = (options) => {
        hear(`${options?.mediation ?? 'button'} asked`);
        options?.signal?.addEventListener('abort', () => {
          hear(`${options.mediation ?? 'button'} ended`);
        });
        return get(options);
      };
    });
    await desk.becomeMember('diana_f');
    await desk.logOut();
    await desk.touch(false);

    const isAsked = offer === 'waits for an answer';
    const offered = isAsked ? ['conditional asked', 'conditional ended'] : [];
    let release = isAsked ? undefined : await desk.holdQuestions();
    await page.goto('/sign-in?next=/about');
    await expect.poll(() => heard).toEqual(offered.slice(0, 1));
    release ??= await desk.holdQuestions();
    await desk.button('Log in with a passkey').click();
    await expect.poll(() => heard).toEqual(offered);
    await desk.touch(true);
    release();
    await desk.arrive('/about');
    expect(await desk.name()).toBe('diana_f');
    expect(heard).toEqual([...offered, 'button asked']);
  },
);

test('a password account gets one, once from each device, and loses it again', async ({ desk, make }) => {
  const { page } = desk;
  await make.member({ name: 'diana_f', password: PASSWORD });
  await desk.logIn('diana_f', '/settings/account');
  await page.getByRole('link', { name: 'Add a passkey' }).click();
  await desk.field('label').fill('');
  await desk.button('Add a passkey').click();
  expect(await desk.passkeys()).toBe(0);
  await desk.field('label').fill('My laptop');
  await desk.button('Add a passkey').click();
  await page.getByText('The passkey has been added.').waitFor();
  expect(await page.locator('main h3').allTextContents()).toEqual(['My laptop']);
  expect(await axeFaults(page)).toEqual([]);
  await keepScreenshot(page, 'passkeys-1280');

  await desk.button('Add a passkey').click();
  await expect.poll(() => desk.said()).toBe('This device holds a passkey for your account already.');
  expect(await desk.passkeys()).toBe(1);
  expect(await axeFaults(page)).toEqual([]);

  await page.getByText('Rename or remove').click();
  await keepScreenshot(page, 'passkeys-open-1280');
  await page.setViewportSize({ width: 390, height: 800 });
  await keepScreenshot(page, 'passkeys-open-390');
  await page.locator('details [name=label]').fill('The grey one');
  await desk.button('Rename').click();
  await page.getByRole('heading', { name: 'The grey one' }).waitFor();
  await page.getByText('Rename or remove').click();
  await page.getByRole('button', { name: /^Remove/ }).click();
  await page.getByText('The passkey has been removed.').waitFor();
  await desk.logOut();
  // Else the device would answer what the next page offers in the field, too.
  await page.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
  await page.goto('/sign-in');
  await desk.button('Log in with a passkey').click();
  await page.getByText('This passkey is not known here, or was removed.').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await keepScreenshot(page, 'sign-in-refused-390');
});

test('a passkey confirms that it is you, beside the password, and leads back', async ({
  desk,
  make,
  clock,
}) => {
  const { page } = desk;
  await make.member({ name: 'diana_f', password: PASSWORD });
  await desk.logIn('diana_f', '/settings/passkeys');
  await desk.button('Add a passkey').click();
  await page.getByText('The passkey has been added.').waitFor();

  clock.advance({ minutes: 16 });
  await page.goto('/settings/two-step');
  expect(page.url()).toContain('/confirm-identity?next=');
  expect(await desk.button('Confirm').isVisible()).toBe(true);
  expect(await axeFaults(page)).toEqual([]);
  await keepScreenshot(page, 'confirm-identity-1280');
  await desk.verify(false);
  await desk.button('Confirm with a passkey').click();
  await expect.poll(() => desk.said()).toContain('Nothing was done: it was cancelled');
  await desk.verify(true);
  await desk.button('Confirm with a passkey').click();
  await desk.arrive('/settings/two-step');
});

test('who has waited too long to add one is asked first, and comes back', async ({ desk, make, clock }) => {
  const { page } = desk;
  await make.member({ name: 'diana_f', password: PASSWORD });
  await desk.logIn('diana_f', '/settings/passkeys');
  clock.advance({ minutes: 16 });
  await desk.button('Add a passkey').click();
  await desk.arrive('/confirm-identity');
  await desk.field('password').fill(PASSWORD);
  await desk.button('Confirm').click();
  await desk.arrive('/settings/passkeys');
  await desk.button('Add a passkey').click();
  await page.getByText('The passkey has been added.').waitFor();
  expect(await desk.passkeys()).toBe(1);
});

test('what is wrong with the form is said before a passkey is made', async ({ desk }) => {
  const { page } = desk;
  await page.goto('/sign-up');
  await desk.button('Create account with a passkey').click();
  expect(await page.evaluate('document.activeElement.name')).toBe('name');
  await desk.fillIn('admin');
  await desk.field('password').fill('typed for nothing');
  const sent = page.waitForRequest((request) => request.url().endsWith('/sign-up/passkey'));
  await desk.button('Create account with a passkey').click();
  expect((await sent).postData()).not.toContain('password');
  expect(await page.locator('#name-e').textContent()).toContain('reserved');
  expect(await desk.field('email').inputValue()).toBe('admin@example.org');
  expect(await desk.field('rules').isChecked()).toBe(true);
  expect(await desk.passkeys()).toBe(0);
});

test('a device that cannot tell who holds it makes none and shows none, and the page says so', async ({
  desk,
}) => {
  const { page } = desk;
  await desk.verify(false);
  await page.goto('/sign-up');
  await desk.fillIn('diana_f');
  await desk.button('Create account with a passkey').click();
  await expect.poll(() => desk.said()).toContain('Nothing was done: it was cancelled');
  expect(await desk.field('name').inputValue()).toBe('diana_f');
  expect(await axeFaults(page)).toEqual([]);
  await keepScreenshot(page, 'passkey-cancelled-1280');

  // The person puts the right finger on it after all. The button still has the focus: the keyboard will do.
  await desk.verify(true);
  await page.keyboard.press('Enter');
  await desk.arrive('/');
  expect(await desk.name()).toBe('diana_f');
  await desk.logOut();
  await desk.verify(false);
  await page.goto('/sign-in');
  await desk.button('Log in with a passkey').click();
  await expect.poll(() => desk.said()).toContain('Nothing was done: it was cancelled');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(await axeFaults(page)).toEqual([]);
});

test('without a connection the page says so, and nothing is lost', async ({ desk }) => {
  const { page } = desk;
  await page.goto('/sign-up');
  await desk.fillIn('diana_f');
  await desk.offline(true);
  await desk.button('Create account with a passkey').click();
  await expect.poll(() => desk.said()).toContain('there is no connection');
  await desk.offline(false);
  await desk.button('Create account with a passkey').click();
  await desk.arrive('/');
  expect(await desk.name()).toBe('diana_f');
});

base.for([
  ['without scripts', { javaScriptEnabled: false }],
  ['without WebAuthn', {}],
] as const)('%s a sentence stands in place of the buttons', async ([mode, options], { app }) => {
  const desk = await Desk.open(app, options);
  const { page } = desk;
  if (mode === 'without WebAuthn') await page.addInitScript('delete window.PublicKeyCredential');
  for (const path of ['/sign-in', '/sign-up']) {
    await page.goto(path);
    expect(await page.locator('[data-ceremony]').isVisible()).toBe(false);
    expect(await page.locator('[data-no-passkey]').isVisible()).toBe(true);
    await keepScreenshot(page, `no-passkeys${path.replace('/', '-')}-1280`);
  }
  await desk.close();
  expect(desk.faults).toEqual([]);
});
