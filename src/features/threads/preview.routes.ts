// POST /preview: a text as it would stand on the page, for the script that fills the Preview pane.
import type { FastifyInstance } from 'fastify';
import { cleanTitle } from '../../domain/post-text.ts';
import { formBody, readFlag, readLine, readText } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { DIGEST_BODY_LIMIT } from './composing.ts';
import { renderPost } from './rendering.ts';

export async function previewRoutes(app: FastifyInstance): Promise<void> {
  app.post(paths.preview(), { bodyLimit: DIGEST_BODY_LIMIT }, async (request, reply) => {
    const fields = formBody(request.body);
    const written = await renderPost(app, readText(fields, 'body'), {
      kind: readFlag(fields, 'digest') ? 'digest' : 'text',
      title: cleanTitle(readLine(fields, 'title')),
    });
    reply.header('cache-control', 'no-store');
    return written.ok
      ? reply.send({ html: written.body.html })
      : reply.code(422).send({ status: 422, explanation: written.reason });
  });
}
