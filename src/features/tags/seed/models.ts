// Families of models, and those members of them that are talked of by themselves.
import { seedsOf } from './seed-tag.ts';

const model = seedsOf('model');

export const models = [
  // OpenAI
  model('GPT', 'Family of language models by OpenAI.', { of: 'OpenAI' }),
  model('GPT-5', 'Models of OpenAI since August 2025.', { also: 'GPT5', of: 'GPT' }),
  model('GPT-4', 'Models of OpenAI since March 2023.', { also: 'GPT4, GPT-4 Turbo', of: 'GPT' }),
  model('GPT-4o', 'Model of OpenAI that hears and sees.', { also: 'GPT4o, 4o', of: 'GPT' }),
  model('GPT-4.1', 'Models of OpenAI for programming and long inputs.', { also: 'GPT4.1', of: 'GPT' }),
  model('GPT-3', 'Models of OpenAI before ChatGPT.', { also: 'GPT3, GPT-3.5, GPT3.5', of: 'GPT' }),
  model('gpt-oss', 'Models of OpenAI with open weights.', {
    also: 'gpt oss, GPT-OSS-120b, GPT-OSS-20b',
    of: 'GPT',
  }),
  model('o1', 'The first model of OpenAI that thinks before it answers.', {
    also: 'OpenAI o1',
    of: 'OpenAI',
  }),
  model('o3', 'Model of OpenAI that thinks before it answers.', {
    also: 'OpenAI o3, o3-mini, o3-pro',
    of: 'OpenAI',
  }),
  model('o4-mini', 'Small model of OpenAI that thinks before it answers.', {
    also: 'OpenAI o4',
    of: 'OpenAI',
  }),
  model('ChatGPT', 'Conversations with models of OpenAI.', { also: 'Chat GPT', of: 'OpenAI' }),
  model('Codex', 'Programming agent of OpenAI.', {
    also: 'OpenAI Codex, Codex CLI',
    of: 'OpenAI',
    ordinary: true,
  }),
  model('Sora', 'Video from words, by OpenAI.', { also: 'Sora 2', of: 'OpenAI', ordinary: true }),
  model('DALL-E', 'Pictures from words, by OpenAI.', { also: 'DALLE, DALL-E 3', of: 'OpenAI' }),
  model('Whisper', 'Speech to text, by OpenAI.', { of: 'OpenAI', ordinary: true }),

  // Anthropic
  model('Claude', 'Family of language models by Anthropic.', { of: 'Anthropic' }),
  model('Claude Opus', 'The largest of the Claude models.', { also: 'Opus', of: 'Claude', ordinary: true }),
  model('Claude Sonnet', 'The middle one of the Claude models.', {
    also: 'Sonnet',
    of: 'Claude',
    ordinary: true,
  }),
  model('Claude Haiku', 'The smallest of the Claude models.', {
    also: 'Haiku',
    of: 'Claude',
    ordinary: true,
  }),
  model('Claude Mythos', 'Model of Anthropic above Opus.', { also: 'Mythos', of: 'Claude', ordinary: true }),
  model('Claude Code', 'Programming agent of Anthropic.', { of: 'Claude' }),

  // Google
  model('Gemini', 'Family of language models by Google.', { of: 'Google', ordinary: true }),
  model('Gemma', 'Models of Google with open weights.', { of: 'Google', ordinary: true }),
  model('Veo', 'Video from words, by Google.', { of: 'Google' }),
  model('Imagen', 'Pictures from words, by Google.', { of: 'Google' }),
  model('Nano Banana', 'Pictures edited by words, by Google.', { of: 'Gemini' }),
  model('AlphaFold', 'Shapes of proteins, by Google DeepMind.', {
    also: 'Alpha Fold',
    of: 'Google DeepMind',
  }),
  model('AlphaGo', 'The game of Go, by DeepMind.', { also: 'AlphaZero, Alpha Go', of: 'Google DeepMind' }),
  model('Genie', 'Worlds to walk in, by Google DeepMind.', { of: 'Google DeepMind', ordinary: true }),
  model('NotebookLM', 'Documents asked and read aloud, by Google.', { also: 'Notebook LM', of: 'Google' }),
  model('BERT', 'Model of Google that reads text; the first that many used.', {
    of: 'Google',
    ordinary: true,
  }),

  // Meta
  model('Llama', 'Models of Meta with open weights.', {
    also: 'LLaMA, Meta Llama',
    of: 'Meta',
    ordinary: true,
  }),
  model('Llama 2', 'Models of Meta of 2023.', { also: 'Llama2', of: 'Llama' }),
  model('Llama 3', 'Models of Meta of 2024.', {
    also: 'Llama3, Llama 3.1, Llama 3.2, Llama 3.3, Llama3.1, Llama3.3',
    of: 'Llama',
  }),
  model('Llama 4', 'Models of Meta of 2025.', { also: 'Llama4', of: 'Llama' }),
  model('Segment Anything', 'Finds things in pictures, by Meta.', { also: 'SAM 2, SAM 3', of: 'Meta' }),

  // Others with closed weights
  model('Grok', 'Language models by xAI.', { of: 'xAI', ordinary: true }),
  model('Copilot', 'Assistants of Microsoft and GitHub.', {
    also: 'GitHub Copilot, Microsoft Copilot, Microsoft 365 Copilot',
    of: 'Microsoft',
    ordinary: true,
  }),
  model('Amazon Nova', 'Language models by Amazon.', { also: 'Nova', of: 'Amazon', ordinary: true }),
  model('Alexa', 'Assistant of Amazon.', { of: 'Amazon', ordinary: true }),
  model('Siri', 'Assistant of Apple.', { of: 'Apple', ordinary: true }),
  model('Apple Intelligence', 'Models on the devices of Apple.', { of: 'Apple' }),
  model('Doubao', 'Assistant and models by ByteDance.', { of: 'ByteDance' }),
  model('Seedance', 'Video from words, by ByteDance.', { of: 'ByteDance' }),
  model('Ernie', 'Language models by Baidu.', { also: 'Ernie Bot', of: 'Baidu', ordinary: true }),
  model('Kling', 'Video from words, by Kuaishou.', { also: 'Kling AI' }),
  model('Devin', 'Programming agent of Cognition.', { of: 'Cognition', ordinary: true }),
  model('Manus', 'Agent that works in a browser.', { also: 'Manus AI', ordinary: true }),

  // Open weights
  model('Qwen', 'Family of models by Alibaba.', { of: 'Alibaba', also: 'Tongyi Qianwen' }),
  model('Qwen3', 'Models of Alibaba since April 2025.', { also: 'Qwen 3', of: 'Qwen' }),
  model('Qwen2.5', 'Models of Alibaba of 2024.', { also: 'Qwen 2.5, Qwen2', of: 'Qwen' }),
  model('QwQ', 'Model of Alibaba that thinks before it answers.', { also: 'QwQ 32B', of: 'Qwen' }),
  model('DeepSeek R1', 'Model of DeepSeek that thinks before it answers.', {
    also: 'DeepSeek-R1, R1',
    of: 'DeepSeek',
    ordinary: true,
  }),
  model('DeepSeek V3', 'Language models of DeepSeek since December 2024.', {
    also: 'DeepSeek-V3, DeepSeek V3.1, DeepSeek V3.2',
    of: 'DeepSeek',
  }),
  model('DeepSeek V4', 'Language models of DeepSeek of 2026.', { of: 'DeepSeek' }),
  model('Kimi', 'Models by Moonshot AI.', { of: 'Moonshot AI', ordinary: true }),
  model('Kimi K2', 'Large model of Moonshot AI with open weights.', {
    also: 'Kimi-K2, K2 Thinking',
    of: 'Kimi',
  }),
  model('GLM', 'Models by Z.ai.', { also: 'ChatGLM', of: 'Z.ai' }),
  model('Hunyuan', 'Models by Tencent.', { of: 'Tencent' }),
  model('Mistral', 'Models by Mistral AI.', {
    also: 'Mistral 7B, Mistral Large, Mistral Small, Mistral Medium, Mistral Nemo',
    of: 'Mistral AI',
    ordinary: true,
  }),
  model('Mixtral', 'Mixtures of experts by Mistral AI.', { also: 'Mixtral 8x7B', of: 'Mistral AI' }),
  model('Codestral', 'Models for code by Mistral AI.', { also: 'Devstral', of: 'Mistral AI' }),
  model('Le Chat', 'Assistant of Mistral AI.', { of: 'Mistral AI', ordinary: true }),
  model('Phi', 'Small models by Microsoft.', {
    also: 'Phi-2, Phi-3, Phi-4',
    of: 'Microsoft',
    ordinary: true,
  }),
  model('Command R', 'Models by Cohere.', { also: 'Command R+, Command A', of: 'Cohere', ordinary: true }),
  model('Jamba', 'Models by AI21 Labs that mix two architectures.', { of: 'AI21 Labs' }),
  model('Falcon', 'Models from Abu Dhabi.', { of: 'Technology Innovation Institute', ordinary: true }),
  model('Granite', 'Models by IBM.', { of: 'IBM', ordinary: true }),
  model('Nemotron', 'Models by Nvidia.', { of: 'Nvidia' }),
  model('OLMo', 'Open models with all their data, by Ai2.', {
    also: 'OLMo 2, OLMo 3',
    of: 'Allen Institute for AI',
  }),
  model('Molmo', 'Models that see, by Ai2.', { of: 'Allen Institute for AI' }),
  model('Pythia', 'Models made for research on training.', { of: 'EleutherAI', ordinary: true }),
  model('BLOOM', 'Model by a thousand volunteers.', { also: 'BigScience BLOOM', ordinary: true }),
  model('SmolLM', 'Small models by Hugging Face.', { of: 'Hugging Face' }),
  model('StarCoder', 'Models for code by Hugging Face and ServiceNow.', { of: 'Hugging Face' }),
  model('Stable Diffusion', 'Pictures from words with open weights.', {
    also: 'SDXL, SD 3.5, Stable Diffusion XL',
    of: 'Stability AI',
  }),
  model('FLUX', 'Pictures from words by Black Forest Labs.', { of: 'Black Forest Labs', ordinary: true }),
  model('Wan', 'Video from words with open weights, by Alibaba.', { of: 'Alibaba', ordinary: true }),
  model('LTX', 'Video from words with open weights.', { also: 'LTX Video' }),
  model('Vicuna', 'An early fine-tuning of Llama.', { ordinary: true, of: 'Llama' }),
  model('Alpaca', 'An early fine-tuning of Llama.', { ordinary: true, of: 'Llama' }),

  // Around models
  model('llama.cpp', 'Runs models on ordinary machines.', { also: 'llamacpp, GGML' }),
  model('vLLM', 'Serves models to many at once.'),
  model('SGLang', 'Serves models to many at once.'),
  model('ComfyUI', 'Pictures made by connecting boxes.', { also: 'Comfy UI' }),
  model('PyTorch', 'The library most models are trained with.'),
  model('TensorFlow', 'Library for training, by Google.'),
  model('JAX', 'Library for training, by Google.'),
  model('CUDA', 'The way programs speak to Nvidia’s chips.', { of: 'Nvidia' }),
  model('Transformers', 'The architecture, its parts and its heirs.', {
    also: 'Transformer',
    ordinary: true,
  }),
];
