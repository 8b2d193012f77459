// Plays scenes with the official Node SDKs and prints what each of them heard: the scene, a tab, and a text or an error.
// The name of the scene travels as x-request-id, by which the scripted providers know what to do.
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const [url, model] = process.argv.slice(2);
const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'sk-of-the-caller', maxRetries: 0 });
const anthropic = new Anthropic({ baseURL: url, apiKey: 'sk-of-the-caller', maxRetries: 0 });

const messages = [{ role: 'user', content: 'Who is on tonight?' }];
const tool = { type: 'object', properties: { city: { type: 'string' } } };

async function joined(stream, piece) {
  let text = '';
  for await (const event of stream) {
    text += piece(event) ?? '';
  }
  return text;
}

const chat = {
  plain: async (as) => (await openai.chat.completions.create({ model, messages }, as)).choices[0].message.content,
  streamed: async (as) =>
    joined(await openai.chat.completions.create({ model, messages, stream: true }, as), (chunk) => chunk.choices[0]?.delta.content),
  helped: async (as) => openai.chat.completions.stream({ model, messages }, as).finalContent(),
  tool: async (as) => {
    const tools = [{ type: 'function', function: { name: 'weather', parameters: tool } }];
    const whole = await openai.chat.completions.stream({ model, messages, tools }, as).finalChatCompletion();
    return whole.choices[0].message.tool_calls[0].function.arguments;
  },
};

const responses = {
  plain: async (as) => (await openai.responses.create({ model, input: 'Hi' }, as)).output_text,
  streamed: async (as) =>
    joined(await openai.responses.create({ model, input: 'Hi', stream: true }, as), (event) =>
      event.type === 'response.output_text.delta' ? event.delta : ''),
  helped: async (as) => (await openai.responses.stream({ model, input: 'Hi' }, as).finalResponse()).output_text,
  tool: async (as) => {
    const tools = [{ type: 'function', name: 'weather', parameters: tool, strict: false }];
    return (await openai.responses.stream({ model, input: 'Hi', tools }, as).finalResponse()).output[0].arguments;
  },
};

const claude = {
  plain: async (as) => (await anthropic.messages.create({ model, max_tokens: 9, messages }, as)).content[0].text,
  streamed: async (as) =>
    joined(await anthropic.messages.create({ model, max_tokens: 9, messages, stream: true }, as), (event) => event.delta?.text),
  helped: async (as) => anthropic.messages.stream({ model, max_tokens: 9, messages }, as).finalText(),
  tool: async (as) => {
    const tools = [{ name: 'weather', input_schema: tool }];
    const whole = await anthropic.messages.stream({ model, max_tokens: 9, messages, tools }, as).finalMessage();
    return JSON.stringify(whole.content[0].input);
  },
};

const dialects = { chat, responses, messages: claude };
const scenes = {
  'models/openai': async () => (await openai.models.list()).data.map((listed) => listed.id).join(),
  'models/anthropic': async () => (await anthropic.models.list()).data.map((listed) => listed.id).join(),
  'model/openai': async () => (await openai.models.retrieve(model)).id,
  'model/anthropic': async () => (await anthropic.models.retrieve(model)).id,
  'embeddings/plain': async (as) =>
    (await openai.embeddings.create({ model, input: 'Hi', encoding_format: 'float' }, as)).data[0].embedding.join(),
};
for (const [name, dialect] of Object.entries(dialects)) {
  scenes[`${name}/plain`] = dialect.plain;
  scenes[`${name}/streamed`] = dialect.streamed;
  scenes[`${name}/helped`] = dialect.helped;
  scenes[`${name}/tool`] = dialect.tool;
  scenes[`${name}/plain/failing`] = dialect.plain;
  scenes[`${name}/streamed/failing`] = dialect.streamed;
  scenes[`${name}/streamed/broken`] = dialect.streamed;
  scenes[`${name}/helped/broken`] = dialect.helped;
  scenes[`${name}/streamed/cut`] = dialect.streamed;
  scenes[`${name}/plain/exhausted`] = dialect.plain;
}

for (const [name, play] of Object.entries(scenes)) {
  const heard = await play({ headers: { 'x-request-id': name } }).catch((e) => `${e.constructor.name}: ${e.message}`);
  console.log(`${name}\t${heard}`);
}
