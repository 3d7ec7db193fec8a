// The demonstration forum as data: members, topics with their discussions, tags. It is for an empty database in
// development; all times count back from the first start.
import { agentsWriteAccess } from './agents-write-access.ts';
import { aiAct } from './ai-act.ts';
import { digestTopic } from './digest.ts';
import { fundingRounds } from './funding-rounds.ts';
import { fundingScepticism } from './funding-scepticism.ts';
import { gridQueues } from './grid-queues.ts';
import { infrastructureMachines } from './infrastructure-machines.ts';
import { infrastructurePower } from './infrastructure-power.ts';
import { modelsMeasured } from './models-measured.ts';
import { modelsReading } from './models-reading.ts';
import { policySecurity } from './policy-security.ts';
import { regionsEurope } from './regions-europe.ts';
import { regionsWorldwide } from './regions-worldwide.ts';
import { seedTopic } from './seed.ts';
import { toolingOperations } from './tooling-operations.ts';
import { toolingPurchases } from './tooling-purchases.ts';
import type { DemoTopic } from './types.ts';
import { workSkills } from './work-skills.ts';

export { demoMembers } from './members.ts';
export { demoTags } from './tags.ts';
export type * from './types.ts';

/** Every topic once, in no order that matters: the loader sorts by age. */
export const demoTopics: readonly DemoTopic[] = [
  seedTopic,
  digestTopic,
  ...fundingRounds,
  ...fundingScepticism,
  gridQueues,
  ...infrastructurePower,
  ...infrastructureMachines,
  ...modelsMeasured,
  ...modelsReading,
  agentsWriteAccess,
  ...toolingOperations,
  ...toolingPurchases,
  aiAct,
  ...policySecurity,
  ...regionsEurope,
  ...regionsWorldwide,
  ...workSkills,
];
