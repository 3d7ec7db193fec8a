// The tags that demonstration topics carry, each with its kind and one line for its page.
import type { DemoTag } from './types.ts';

const named =
  (kind: DemoTag['kind']) =>
  (slug: string, name: string, description: string): DemoTag => ({ slug, kind, name, description });
const company = named('company');
const model = named('model');
const person = named('person');
const subject = named('subject');

export const demoTags: readonly DemoTag[] = [
  company('ami-labs', 'AMI Labs', 'Research company in Paris founded by Yann LeCun.'),
  company('anthropic', 'Anthropic', 'Maker of the Claude models.'),
  company('cursor', 'Cursor', 'Maker of a coding tool of the same name.'),
  company('goodvision', 'GoodVision AI', 'Broker of GPU capacity across clouds.'),
  company('ivee', 'Ivee', 'Platform for learning to work with AI.'),
  company('legora', 'Legora', 'Swedish maker of software for lawyers.'),
  company('matx', 'MatX', 'Designer of chips for training.'),
  company('nscale', 'Nscale', 'Builder and operator of AI data centres.'),
  company('nvidia', 'Nvidia', 'Maker of accelerators and the software around them.'),
  company('openai', 'OpenAI', 'Maker of the GPT models.'),
  company('promptfoo', 'Promptfoo', 'Maker of a tool that compares and attacks prompts.'),

  model('claude', 'Claude', 'Family of language models by Anthropic.'),
  model('transformers', 'Transformers', 'The architecture, its parts and its heirs.'),
  person('yann-lecun', 'Yann LeCun', 'Researcher; founder of AMI Labs.'),

  subject('acquisitions', 'Acquisitions', 'Who buys whom, and what becomes of the product.'),
  subject('credit', 'Credit', 'Loans, defaults and who holds the risk.'),
  subject('earnings', 'Earnings', 'Quarterly figures, guidance and the notes behind them.'),
  subject('seed-rounds', 'Seed rounds', 'First money, of any size.'),
  subject('valuations', 'Valuations', 'Prices of companies and what they rest on.'),
  subject('venture', 'Venture', 'Venture funding as a whole: totals, shares, habits.'),
  subject('weekly-digest', 'Weekly digest', 'The digest of the week and what follows from it.'),

  subject('chips', 'Chips', 'Accelerators, memory, packaging.'),
  subject('cloud', 'Cloud', 'Rented machines and those who rent them out.'),
  subject('data-centres', 'Data centres', 'Buildings, permits, cooling.'),
  subject('inference', 'Inference', 'Serving models: cost, latency, caches.'),
  subject('outages', 'Outages', 'What failed, why, and how long it took.'),
  subject('power', 'Power', 'Grid connections, tariffs, transformers.'),
  subject('supply-chain', 'Supply chain', 'Lead times and second-hand markets.'),
  subject('training', 'Training', 'Training models: runs, checkpoints, machine time.'),

  subject('agents', 'Agents', 'Models that act, with and without supervision.'),
  subject('databases', 'Databases', 'Storing and finding things.'),
  subject('documentation', 'Documentation', 'Writing for people and for their tools.'),
  subject('evaluation', 'Evaluation', 'Benchmarks, judges, intervals.'),
  subject('long-context', 'Long context', 'Long inputs and what models make of them.'),
  subject('open-weights', 'Open weights', 'Models one can download, and on what terms.'),
  subject('licences', 'Licences', 'What the terms allow, and who may change them.'),
  subject('quantization', 'Quantization', 'Fewer bits per weight and what they cost.'),
  subject('reading-group', 'Reading group', 'Papers read together.'),
  subject('scaling-laws', 'Scaling laws', 'Size, data, compute and loss.'),
  subject('tokenizers', 'Tokenizers', 'How text becomes tokens, and for whom it costs more.'),

  subject('crawling', 'Crawling', 'Collecting the web, and ways to say no.'),
  subject('eu-ai-act', 'EU AI Act', 'Regulation (EU) 2024/1689 and its application.'),
  subject('house-rules', 'House rules', 'The rules of this forum and how they are applied.'),
  subject('model-theft', 'Model theft', 'Extraction, distillation, stolen weights.'),
  subject('procurement', 'Procurement', 'Tenders and contracts.'),
  subject('prompt-injection', 'Prompt injection', 'Instructions from strangers.'),
  subject('security', 'Security', 'Attacks and defences.'),

  subject('africa', 'Africa', 'Companies, networks and languages of the continent.'),
  subject('ask', 'Ask', 'Questions from members to members.'),
  subject('brazil', 'Brazil', 'News and measurements from Brazil.'),
  subject('education', 'Education', 'Schools, universities, examinations.'),
  subject('europe', 'Europe', 'Rounds, machines and policy in Europe.'),
  subject('healthcare', 'Healthcare', 'Hospitals and what they buy.'),
  subject('hiring', 'Hiring', 'Who is hired, who is not, and on what grounds.'),
  subject('legaltech', 'Legal software', 'Tools for lawyers.'),
  subject('nordics', 'Nordics', 'Five countries with cheap power and long lines.'),
  subject('sweden', 'Sweden', 'Companies and rounds in Sweden.'),
  subject('training-people', 'Training people', 'Apprentices, juniors and upskilling.'),
];
