// Who takes part in the demonstration, at least one of each kind: admin, moderators, members of long standing
// (trusted), ordinary, new, silenced, suspended. All are invented, and fewer than the 50 from which on the limits
// of new members bind, so that whoever tries the forum out is not slowed down.
import type { DemoMember } from './types.ts';

const moderators: readonly DemoMember[] = [
  {
    name: 'astrid_w',
    role: 'admin',
    joinedDaysAgo: 1240,
    about: 'Keeps the machine running. Write to me about the site, to the moderators about a post.',
  },
  {
    name: 'marta_l',
    role: 'moderator',
    joinedDaysAgo: 1190,
    about: 'Sub-editor by trade. I hide little and explain every time.',
  },
  {
    name: 'tomas_r',
    role: 'moderator',
    joinedDaysAgo: 1012,
    about: 'Keeps the tables of open-weights releases. Moderates Models & research and Funding.',
  },
  {
    name: 'digest_desk',
    role: 'moderator',
    joinedDaysAgo: 640,
    about: 'The weekly digest. Corrections go below the digest, where everybody sees them.',
  },
];

const longStanding: readonly DemoMember[] = [
  {
    name: 'old_iron',
    role: 'member',
    joinedDaysAgo: 1150,
    about: 'Thirty years of turbine control rooms. Everything has happened before, with steam.',
  },
  {
    name: 'oldmodem',
    role: 'member',
    joinedDaysAgo: 1131,
    about: 'retired sysadmin. typing with two fingers.',
  },
  {
    name: 'kevin_h',
    role: 'member',
    joinedDaysAgo: 566,
    about: 'Capital flows and inference economics. Formerly in chip supply; now independent.',
    affiliation: 'Holds shares in two listed chip makers.',
  },
  {
    name: 'diana_f',
    role: 'member',
    joinedDaysAgo: 702,
    about:
      'Technology policy, mostly infrastructure and public oversight. Teaches; opinions graded by students.',
  },
  {
    name: 'gridwatch',
    role: 'member',
    joinedDaysAgo: 820,
    about: 'Reads queue reports so that you need not.',
    affiliation: 'Writes a paid newsletter on grid connections.',
  },
  {
    name: 'substation',
    role: 'member',
    joinedDaysAgo: 905,
    about: 'Protection and connection studies. 110 kV and up.',
    affiliation: 'Employed by a transmission operator; speaks for himself.',
  },
  {
    name: 'ops_lena',
    role: 'member',
    joinedDaysAgo: 770,
    about: 'Inference platform, on call every third week. Asks about recovery time at parties.',
  },
  { name: 'rackunit', role: 'member', joinedDaysAgo: 688, about: 'Racks, firmware, second-hand parts.' },
  {
    name: 'dcfinance',
    role: 'member',
    joinedDaysAgo: 734,
    about: 'Project finance for buildings full of fans.',
    affiliation: 'Works for a lender to data-centre projects.',
  },
  {
    name: 'mei_c',
    role: 'member',
    joinedDaysAgo: 598,
    about: 'Measurement. If there is no interval around it, I will ask for one.',
  },
  {
    name: 'hanna_k',
    role: 'member',
    joinedDaysAgo: 655,
    about: 'EU regulation, from the side that has to comply.',
  },
  {
    name: 'yuki_s',
    role: 'member',
    joinedDaysAgo: 611,
    about: 'Oslo. Nordic power, Nordic rounds, Nordic rain.',
  },
  {
    name: 'j_okafor',
    role: 'member',
    joinedDaysAgo: 660,
    about: 'Engineering manager, two teams. Short fuse on the subject of juniors.',
  },
  { name: 'priya_n', role: 'member', joinedDaysAgo: 402, about: 'Product analyst. Mostly here to ask.' },
  {
    name: 'ruth_e',
    role: 'member',
    joinedDaysAgo: 940,
    about: 'Sold fibre capacity from 1998 to 2002 and has been careful with straight lines since.',
  },
  { name: 'pbianchi', role: 'member', joinedDaysAgo: 512, about: 'Avvocato, Milano. Technology contracts.' },
  {
    name: 'lowrank',
    role: 'member',
    joinedDaysAgo: 480,
    about: 'Fine-tuning research. The name is the method.',
  },
  {
    name: 'cudacore',
    role: 'member',
    joinedDaysAgo: 533,
    about: 'Kernels. If it is slow it is memory.',
  },
  {
    name: 'sre_amir',
    role: 'member',
    joinedDaysAgo: 575,
    about: 'Site reliability, three clouds, one pager.',
  },
  {
    name: 'bart_v',
    role: 'member',
    joinedDaysAgo: 846,
    about: 'Data protection officer, Utrecht. Reads annexes.',
  },
];

// Who joined less than fifty days ago is not trusted yet; the others here have become so by the rules.
const members: readonly DemoMember[] = [
  {
    name: 'samir_b',
    role: 'member',
    joinedDaysAgo: 300,
    about: 'Serves models to four hundred small firms.',
    affiliation: 'Employed by a hosting company that sells fine-tuning.',
  },
  {
    name: 'tokencount',
    role: 'member',
    joinedDaysAgo: 351,
    about: 'Prices per million, since when it was per thousand.',
  },
  {
    name: 'nadia_z',
    role: 'member',
    joinedDaysAgo: 388,
    about: 'Breaks assistants for a living, with permission.',
  },
  {
    name: 'phd_year3',
    role: 'member',
    joinedDaysAgo: 214,
    about: 'It is year four now. I cannot change the name.',
  },
  {
    name: 'mattias_l',
    role: 'member',
    joinedDaysAgo: 176,
    about: 'Founder, Malmö.',
    affiliation: 'Runs a small company in legal software.',
  },
  {
    name: 'seed_stage',
    role: 'member',
    joinedDaysAgo: 327,
    about: 'First cheques, mostly hardware and dull software.',
    affiliation: 'Partner in a seed fund.',
  },
  { name: 'lp_view', role: 'member', joinedDaysAgo: 190, about: 'Pension money. Slow on purpose.' },
  {
    name: 'bettina_g',
    role: 'member',
    joinedDaysAgo: 265,
    about: 'Works council, engineering company, 4,000 people.',
  },
  { name: 'haruto_m', role: 'member', joinedDaysAgo: 343, about: 'Packaging and memory supply, Yokohama.' },
  { name: 'clinic_it', role: 'member', joinedDaysAgo: 158, about: 'IT of three hospitals and one lift.' },
  { name: 'coldaisle', role: 'member', joinedDaysAgo: 410, about: 'Data-centre operations, nights.' },
  {
    name: 'ms_ferreira',
    role: 'member',
    joinedDaysAgo: 38,
    about: 'Teaches programming at a vocational school.',
  },
  { name: 'quietquant', role: 'member', joinedDaysAgo: 254, about: 'Credit models. Prefers footnotes.' },
  {
    name: 'procure_anne',
    role: 'member',
    joinedDaysAgo: 201,
    about: 'Public procurement. Yes, I have read your terms of service.',
  },
  {
    name: 'kofi_t',
    role: 'member',
    joinedDaysAgo: 47,
    about: 'Builds assistants in Accra for people on 3G.',
  },
  { name: 'luisa_p', role: 'member', joinedDaysAgo: 41, about: 'Language technology, Recife.' },
  {
    name: 'hpc_greta',
    role: 'member',
    joinedDaysAgo: 232,
    about: 'User support at a national computing centre.',
  },
  { name: 'marginalia', role: 'member', joinedDaysAgo: 289, about: 'Technical writer and editor.' },
];

const newAndSanctioned: readonly DemoMember[] = [
  {
    name: 'lou_asks',
    role: 'member',
    joinedDaysAgo: 1,
    about: 'New here. Career changer, former librarian.',
  },
  { name: 'lab_notes_24', role: 'member', joinedDaysAgo: 2 },
  { name: 'alphaleak', role: 'member', joinedDaysAgo: 2 },
  { name: 'flexwatt_sales', role: 'member', joinedDaysAgo: 5 },
  {
    name: 'hotwire_77',
    role: 'member',
    joinedDaysAgo: 74,
    sanction: {
      kind: 'silence',
      by: 'tomas_r',
      rule: 2,
      reason: 'Third attack on a member this week, after a warning',
      daysAgo: 0.5,
      days: 3,
    },
  },
  {
    name: 'quickcoin_ai',
    role: 'member',
    joinedDaysAgo: 9,
    sanction: {
      kind: 'suspension',
      by: 'marta_l',
      rule: 4,
      reason: 'Four promotions after a warning',
      daysAgo: 2,
      days: 7,
    },
  },
];

export const demoMembers: readonly DemoMember[] = [
  ...moderators,
  ...longStanding,
  ...members,
  ...newAndSanctioned,
];
