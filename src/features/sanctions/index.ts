// Warning, silencing and suspending members, for other features.
export { sanctionMember, type SanctionOrder } from './commands/sanction.ts';
