// Subjects: what topics are about when no name says it.
import { seedsOf } from './seed-tag.ts';

const subject = seedsOf('subject');

export const subjects = [
  // Money
  subject('Acquisitions', 'Who buys whom, and what becomes of the product.', {
    also: 'acquisition, mergers',
  }),
  subject('Earnings', 'Quarterly figures, guidance and the notes behind them.', {
    also: 'quarterly results',
  }),
  subject('Funding rounds', 'Money for companies, and at what price.', {
    also: 'series A, series B, series C, funding round',
  }),
  subject('Seed rounds', 'First money, of any size.', { also: 'seed round, pre-seed' }),
  subject('IPO', 'Companies that go to the stock exchange.', { also: 'IPOs' }),
  subject('Layoffs', 'Who lets people go, and why they say so.', { also: 'layoff, job cuts' }),
  subject('Valuations', 'Prices of companies and what they rest on.', { also: 'valuation' }),
  subject('Venture', 'Venture funding as a whole: totals, shares, habits.', {
    also: 'venture capital',
    ordinary: true,
  }),
  subject('Capex', 'What is spent on buildings and machines.', { also: 'capital expenditure' }),
  subject('Pricing', 'What models cost, and how it is counted.', { also: 'token prices', ordinary: true }),

  // Machines
  subject('Chips', 'Accelerators, memory, packaging.', { also: 'AI chips, semiconductors, semiconductor' }),
  subject('GPUs', 'The processors that models run on.', { also: 'GPU' }),
  subject('TPUs', 'The accelerators of Google.', { also: 'TPU', of: 'Google' }),
  subject('Memory chips', 'HBM, DRAM and their prices.', { also: 'HBM, DRAM, high-bandwidth memory' }),
  subject('Data centres', 'Buildings, permits, cooling.', {
    also: 'data centre, data center, datacenter, datacentre',
  }),
  subject('Power', 'Grid connections, tariffs, transformers.', {
    also: 'electricity, power grid',
    ordinary: true,
  }),
  subject('Nuclear power', 'Reactors for data centres.', {
    also: 'nuclear energy, small modular reactors, SMR',
  }),
  subject('Cooling', 'Heat and water.', { ordinary: true }),
  subject('Supply chain', 'Lead times and second-hand markets.', { also: 'supply chains' }),
  subject('Outages', 'What failed, why, and how long it took.', { also: 'outage' }),
  subject('Edge computing', 'Models on phones and devices.', { also: 'on-device AI, edge AI' }),
  subject('Quantum computing', 'Other machines, and when.', { also: 'quantum computer' }),

  // Models and research
  subject('Benchmarks', 'What is measured, and what it says.', {
    also: 'benchmark, SWE-bench, ARC-AGI, MMLU',
  }),
  subject('Evaluation', 'Judges, intervals, leaks.', { also: 'evals, model evaluation' }),
  subject('Scaling laws', 'Size, data, compute and loss.', { also: 'scaling law' }),
  subject('Reasoning', 'Models that think before they answer.', {
    also: 'chain of thought, reasoning models, test-time compute',
    ordinary: true,
  }),
  subject('Reinforcement learning', 'Learning from rewards.', { also: 'RLHF, RLVR' }),
  subject('Fine-tuning', 'Models made to fit.', { also: 'finetuning, LoRA, instruction tuning' }),
  subject('Training', 'Training models: runs, checkpoints, machine time.', {
    also: 'pretraining, pre-training',
    ordinary: true,
  }),
  subject('Inference', 'Serving models: cost, latency, caches.', { ordinary: true }),
  subject('Quantization', 'Fewer bits per weight and what they cost.', { also: 'quantisation, GGUF' }),
  subject('Distillation', 'Small models taught by large ones.', {
    also: 'model distillation',
    ordinary: true,
  }),
  subject('Mixture of experts', 'Models of which a part works at a time.', { also: 'MoE' }),
  subject('Long context', 'Long inputs and what models make of them.', {
    also: 'context window, context length',
  }),
  subject('Open weights', 'Models one can download, and on what terms.', {
    also: 'open-weight, open weight, open-source models, open-source AI',
  }),
  subject('Open source', 'Programs and their licences.', { also: 'open-source' }),
  subject('Hallucinations', 'What models make up.', { also: 'hallucination' }),
  subject('Interpretability', 'What happens inside.', { also: 'mechanistic interpretability' }),
  subject('Alignment', 'Models that want what we want.', {
    also: 'AI alignment, superalignment',
    ordinary: true,
  }),
  subject('AGI', 'Talk of general intelligence.', { also: 'artificial general intelligence' }),
  subject('Superintelligence', 'Talk of more than that.', { also: 'ASI' }),
  subject('World models', 'Models that foresee what happens.', { also: 'world model' }),
  subject('Multimodal', 'Text, pictures and sound together.', {
    also: 'multimodal models, vision-language models',
  }),
  subject('Image generation', 'Pictures from words.', { also: 'AI art, image generator, text-to-image' }),
  subject('Video generation', 'Films from words.', { also: 'text-to-video, AI video' }),
  subject('Speech', 'Voices heard and made.', {
    also: 'text-to-speech, speech recognition, voice cloning',
    ordinary: true,
  }),
  subject('Music', 'Songs from words.', { also: 'AI music', ordinary: true }),
  subject('Robotics', 'Machines that move.', { also: 'robot, robots, humanoid robots, humanoids' }),
  subject('Self-driving', 'Cars without drivers.', {
    also: 'autonomous driving, robotaxi, robotaxis, self-driving cars',
  }),
  subject('Science', 'Models as instruments of research.', { also: 'AI for science', ordinary: true }),
  subject('Mathematics', 'Proofs and olympiads.', { also: 'maths, math olympiad', ordinary: true }),
  subject('Drug discovery', 'Molecules found by models.', { also: 'protein folding' }),
  subject('Tokenizers', 'How text becomes tokens, and for whom it costs more.', {
    also: 'tokenizer, tokenization',
  }),
  subject('Synthetic data', 'Models that learn from models.', { also: 'model collapse' }),
  subject('Datasets', 'What models learn from.', { also: 'dataset, training data' }),
  subject('LLMs', 'Language models in general.', {
    also: 'LLM, large language models, large language model',
  }),

  // Tools
  subject('Agents', 'Models that act, with and without supervision.', {
    also: 'AI agent, AI agents, agentic AI',
    ordinary: true,
  }),
  subject('MCP', 'The protocol by which models reach tools.', { also: 'Model Context Protocol' }),
  subject('RAG', 'Answers from documents that were searched first.', {
    also: 'retrieval-augmented generation',
    ordinary: true,
  }),
  subject('Prompt injection', 'Instructions hidden in what a model reads.', { also: 'prompt injections' }),
  subject('Jailbreaks', 'Models talked out of their rules.', { also: 'jailbreak, jailbreaking' }),
  subject('Prompting', 'How one asks.', { also: 'prompt engineering, system prompt, system prompts' }),
  subject('Coding assistants', 'Programs written with models.', {
    also: 'AI coding, coding agent, coding agents, vibe coding',
  }),
  subject('Chatbots', 'Conversations with machines.', { also: 'chatbot, AI assistants' }),
  subject('Search', 'Finding, and answers instead of links.', {
    also: 'AI search, AI overviews',
    ordinary: true,
  }),
  subject('Databases', 'Storing and finding things.', {
    also: 'vector database, vector databases, database',
  }),
  subject('Local models', 'Models on one’s own machine.', { also: 'local LLM, local LLMs, LocalLLaMA' }),
  subject('APIs', 'What programs ask for, and what changes below them.', { also: 'API' }),

  // Policy and society
  subject('EU AI Act', 'Regulation (EU) 2024/1689 and its application.', { also: 'AI Act' }),
  subject('Regulation', 'Laws, drafts and authorities.', { also: 'AI regulation, AI laws' }),
  subject('Copyright', 'Whose works models learn from.', { also: 'fair use' }),
  subject('Lawsuits', 'Who sues whom.', { also: 'lawsuit, class action' }),
  subject('Antitrust', 'Power over markets.', { also: 'competition law' }),
  subject('Export controls', 'What may not be sold where.', { also: 'export control, chip export' }),
  subject('Privacy', 'Whose data, and who may have it.', { also: 'GDPR, data protection' }),
  subject('Security', 'Attacks and defence.', {
    also: 'cybersecurity, cyberattack, data breach',
    ordinary: true,
  }),
  subject('AI safety', 'Dangers and what is done about them.', { also: 'existential risk' }),
  subject('Deepfakes', 'Voices and faces that nobody lent.', { also: 'deepfake' }),
  subject('Misinformation', 'What is false, and how it travels.', { also: 'disinformation' }),
  subject('Surveillance', 'Who is watched.', { also: 'facial recognition' }),
  subject('Military', 'Weapons and armies.', { also: 'autonomous weapons', ordinary: true }),
  subject('Elections', 'Votes and what reaches voters.', { also: 'election', ordinary: true }),
  subject('Crawling', 'Collecting the web, and ways to say no.', {
    also: 'web scraping, crawlers, AI crawlers',
    ordinary: true,
  }),
  subject('Licences', 'What the terms allow, and who may change them.', {
    also: 'licensing, licence, licenses',
  }),
  subject('Environment', 'Water, land and carbon.', {
    also: 'carbon emissions, energy consumption',
    ordinary: true,
  }),

  // Work and life
  subject('Jobs', 'Work that changes, comes and goes.', { also: 'job market, unemployment', ordinary: true }),
  subject('Hiring', 'Who looks for whom, and how.', { also: 'recruiting', ordinary: true }),
  subject('Education', 'Schools, exams and homework.', { also: 'students, universities', ordinary: true }),
  subject('Healthcare', 'Doctors, patients and machines.', { also: 'health care, medical AI' }),
  subject('Law', 'Courts and lawyers who use models.', { also: 'legal AI', ordinary: true }),
  subject('Journalism', 'Newsrooms and what reaches readers.', { also: 'newsrooms, AI slop' }),
  subject('Customer service', 'Machines that answer customers.', { also: 'customer support' }),
  subject('Companions', 'Machines as friends.', { also: 'AI companions, AI companion', ordinary: true }),
  subject('Mental health', 'What talking to machines does to people.', { also: 'AI psychosis' }),
];
