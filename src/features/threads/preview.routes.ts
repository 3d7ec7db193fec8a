// POST /preview: a text as it would stand on the page, for the script that fills the Preview pane.
import type { FastifyInstance } from 'fastify';
import { cleanTitle } from '../../domain/post-text.ts';
import { formBody, readFlag, readLine, readText } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { Problem } from '../../web/problem.ts';
import { DIGEST_BODY_LIMIT } from './composing.ts';
import { renderPost } from './rendering.ts';

export async function previewRoutes(app: FastifyInstance): Promise<void> {
  app.post(paths.preview(), { bodyLimit: DIGEST_BODY_LIMIT }, async (request, reply) => {
    const fields = formBody(request.body);
    const written = await renderPost(app, readText(fields, 'body'), {
      kind: readFlag(fields, 'digest') ? 'digest' : 'text',
      title: cleanTitle(readLine(fields, 'title')),
    });
    if (!written.ok) throw new Problem('unprocessable', written.reason);
    return reply.header('cache-control', 'no-store').send({ html: written.body.html });
  });
}
