// Who may import whom (src/README.md has the table with the reasons). Run by `npm run check:imports`.
const floors = '^src/(domain|db|lib|jobs|web)/';

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'domain/ holds the rules: no database, no clock, no package, nothing but itself.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'lib-knows-nothing-of-ours',
      comment: 'lib/ holds tools without forum words; what needs them passes them in.',
      severity: 'error',
      from: { path: '^src/lib/' },
      to: { path: '^src/', pathNot: '^src/lib/' },
    },
    {
      name: 'db-stands-on-domain',
      comment: 'db/ knows the words of domain/, and the type of safe HTML that posts store.',
      severity: 'error',
      from: { path: '^src/db/' },
      to: { path: '^src/', pathNot: ['^src/(db|domain)/', '^src/lib/html\\.ts$'] },
    },
    {
      name: 'db-takes-only-types-of-lib',
      comment: 'A column may be typed as safe HTML; making it is not the business of db/.',
      severity: 'error',
      from: { path: '^src/db/' },
      to: { path: '^src/lib/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'jobs-stand-on-db',
      comment: 'jobs/ knows names and payloads; the work is done by the features.',
      severity: 'error',
      from: { path: '^src/jobs/' },
      to: { path: '^src/', pathNot: '^src/(jobs|db|lib|domain)/' },
    },
    {
      name: 'web-knows-no-feature',
      comment: 'web/ is what makes it a website; a feature it needed would be known by all the others.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: '^src/(web|domain|db|lib)/' },
    },
    {
      name: 'features-stand-on-floors',
      comment: 'Features are assembled by app.ts, web.ts and worker.ts, and import none of these.',
      severity: 'error',
      from: { path: '^src/features/' },
      // app.ts declares what the application carries (app.db, app.clock …); only its types may be needed.
      to: { path: '^src/', pathNot: [floors, '^src/features/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-meet-at-the-door',
      comment: 'Another feature is used through its index.ts (doing) or pages.ts (showing).',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: {
        path: '^src/features/[^/]+/',
        pathNot: ['^src/features/$1/', '^src/features/[^/]+/(index|pages)\\.ts$'],
      },
    },
    {
      name: 'no-feature-cycles',
      comment:
        'Features form an order (src/README.md): two that need each other are one, or a third is missing.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/features/' },
      to: { circular: true, path: '^src/features/' },
    },
    {
      name: 'pages-load-nothing',
      comment: 'View models are made of what was loaded: no query, no command, no clock, no route.',
      severity: 'error',
      from: { path: '^src/features/[^/]+/pages(/|\\.ts$)' },
      to: {
        path: '^src/(db/(connection|cursor|visibility|following|ranks)|jobs)|/(commands|routes)(/|\\.ts$)|\\.routes\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      comment:
        'Files that import each other cannot be read, tested or loaded apart. (Tables refer to each other: db/schema is the exception.)',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/db/schema/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'src-never-sees-tests',
      severity: 'error',
      comment: 'What runs in production is not made of what tests it.',
      from: { path: '^src/' },
      to: { path: '^tests/' },
    },
    {
      name: 'only-listed-packages',
      comment:
        'A package that is not in package.json is there by accident; one of devDependencies is not there in production.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'unknown', 'undetermined'],
        pathNot: '^node:',
      },
    },
  ],
  required: [
    {
      name: 'commands-ask-the-rules',
      comment:
        'Whoever changes something asks domain/policy first, in the same file. The exceptions do what another command has asked for (counters, locks, states, imports) or what needs no right (own notifications and visits).',
      severity: 'error',
      module: {
        path: '^src/features/[^/]+/commands(/.+)?\\.ts$',
        pathNot: [
          '^src/features/notifications/commands\\.ts$',
          // Takes a code; what that opens, the commands around it have asked for.
          '^src/features/members/commands/second-factor\\.ts$',
          // The rows go with their tags, which moderators merge.
          // A part of an action that another command has asked for, and of lifting it.
          '^src/features/moderation/commands/hide-all\\.ts$',
          // They record in the log what the commands of features/site have asked for and changed.
          '^src/features/admin/commands/(settings|sections)\\.ts$',
          // What opens by a mailed link has no viewer: the link is the right. Roles and counters are asked for by other features.
          '^src/features/members/commands/(erase-member|mail-links|mark-all-read|moderated|recovery|sessions|standing)\\.ts$',
          '^src/features/threads/commands/(correct-topic|counters|locks|note-visit|post-states|release-author|recount|score|topic-marks|import-topic|import-rows|import-counters|import-events|hold|merge-topic|move-reply|unmerge-topic)\\.ts$',
        ],
      },
      to: { path: '^src/domain/policy/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'default'],
    },
  },
};
