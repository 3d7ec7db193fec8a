// Accounts: signing up, in and out, and what members change about themselves.
import type { FastifyInstance } from 'fastify';
import { type Passwords, PasswordsBusy } from '../../lib/passwords.ts';
import { emailKey } from '../../domain/member-email.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { memberOf, noStore, requireMember } from '../../web/guards.ts';
import { Problem } from '../../web/problem.ts';
import type { Provider, ProviderSettings } from '../../lib/providers/index.ts';
import { accountRoutes } from './account.routes.ts';
import { appearanceRoutes } from './appearance.routes.ts';
import { connectRoutes } from './connect.routes.ts';
import { createFactorSealer } from './commands/second-factor.ts';
import { confirmIdentityRoutes } from './confirm-identity.routes.ts';
import { confirmRoutes } from './confirm.routes.ts';
import { emailLinkRoutes, emailRoutes } from './email.routes.ts';
import { finishSignUpRoutes } from './finish-sign-up.routes.ts';
import { requireProof } from './proof.ts';
import { invitationsRoutes } from './invitations.routes.ts';
import { passkeyProofRoutes } from './passkey-proof.routes.ts';
import { passkeySignInRoutes } from './passkey-sign-in.routes.ts';
import { passkeySignUpRoutes } from './passkey-sign-up.routes.ts';
import { passkeysRoutes } from './passkeys.routes.ts';
import { providerArrivalRoutes } from './provider-arrival.routes.ts';
import { providerRoutes } from './provider.routes.ts';
import { recoveryRoutes } from './recovery.routes.ts';
import { sessionsRoutes } from './sessions.routes.ts';
import { settingsRoutes } from './settings.routes.ts';
import { signInCodeRoutes } from './sign-in-code.routes.ts';
import { signInRoutes } from './sign-in.routes.ts';
import { signUpRoutes } from './sign-up.routes.ts';
import { themeRoutes } from './theme.routes.ts';
import { twoStepRoutes } from './two-step.routes.ts';

export interface MembersOptions {
  readonly passwords: Passwords;
  readonly secret: string;
}

export async function members(app: FastifyInstance, { passwords, secret }: MembersOptions): Promise<void> {
  const secrets = [secret, ...app.config.secretPrevious] as const;
  const codes = {
    sealer: createFactorSealer(secrets),
    // One budget wherever a code is asked for.
    spendCode: app.budgetPer('code', ({ viewer, session }) =>
      String(viewer.kind === 'member' ? viewer.id : session.pendingSignIn?.memberId),
    ),
  };
  const guesses = {
    passwords,
    spendGuess: app.budgetPer('account', (request) => `member ${memberOf(request).id}`),
  };
  const spendMail = app.budgetPer('mailbox', ({ body }) => emailKey(readLine(formBody(body), 'email')));
  const providers = await openProviders(app.config.providers);
  await app.register(async (scope) => {
    scope.addHook('onRequest', noStore);
    scope.setErrorHandler((error) => {
      throw error instanceof PasswordsBusy ? comeBackSoon() : error;
    });
    await scope.register(signUpRoutes, { passwords, secrets, spendMail });
    await scope.register(passkeySignUpRoutes, { secrets, spendMail });
    await scope.register(signInRoutes, { passwords });
    await scope.register(passkeySignInRoutes);
    await scope.register(signInCodeRoutes, codes);
    await scope.register(providerRoutes, { providers });
    await scope.register(providerArrivalRoutes, { providers });
    await scope.register(connectRoutes);
    await scope.register(finishSignUpRoutes, { secrets });
    await scope.register(confirmRoutes, { secrets, spendMail });
    await scope.register(emailLinkRoutes, { secrets });
    await scope.register(recoveryRoutes, { passwords, secrets });
    await scope.register(async (own) => {
      own.addHook('onRequest', requireMember);
      await own.register(settingsRoutes);
      await own.register(appearanceRoutes);
      await own.register(accountRoutes, guesses);
      await own.register(emailRoutes, { ...guesses, spendMail });
      await own.register(sessionsRoutes);
      await own.register(invitationsRoutes, { secret });
      await own.register(confirmIdentityRoutes, { ...guesses, ...codes });
      await own.register(passkeyProofRoutes);
      await own.register(async (proved) => {
        proved.addHook('onRequest', requireProof);
        await proved.register(twoStepRoutes, codes);
        await proved.register(passkeysRoutes);
      });
    });
  });
  await app.register(themeRoutes);
}

/** The library that speaks to them is loaded where there are any. */
async function openProviders(settings: readonly ProviderSettings[]): Promise<ReadonlyMap<string, Provider>> {
  if (settings.length === 0) return new Map();
  const { createProviders } = await import('../../lib/providers/index.ts');
  return createProviders(settings);
}

function comeBackSoon(): Problem {
  return new Problem(
    'unavailable',
    'Many people are logging in at this moment. Try again in a few seconds.',
    {
      retryAfterSeconds: 5,
    },
  );
}
