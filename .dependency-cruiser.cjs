// The import law: who may import whom, a reason on each line. test/architecture/imports.test.ts fails on any violation.
const only = (name, from, allowed, comment) => ({
  name, comment, severity: 'error', from: { path: from },
  to: { path: '^(src|cloudfunctions|emulator|test|config)/', pathNot: allowed },
})
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('domain-stands-alone', '^src/domain/', '^src/domain/', 'Rules must be readable and testable without any platform.'),
    { name: 'domain-libraries', comment: 'Rules know no SDK, no React, no platform; civil time comes through dayjs with an explicit time.', severity: 'error', from: { path: '^src/domain/' }, to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'core'], pathNot: 'node_modules/dayjs/' } },
    only('contract-knows-domain-only', '^src/contract/', '^src/(contract|domain)/', 'The contract is shared by phone and function: it may drag in neither.'),
    only('services-below-screens', '^src/services/', '^src/(services|contract|domain)/', 'Transport and speech know no screen.'),
    only('components-know-no-domain', '^src/components/', '^src/components/', 'Large-text building blocks must fit any screen.'),
    only('features-are-islands', '^src/features/([^/]+)/', '^src/(services|components|contract|domain)/|^src/features/$1/', 'A feature can be understood, and removed, without its neighbours.'),
    only('pages-are-thin', '^src/pages/', '^src/(features|components)/', 'A page turns route parameters into one feature.'),
    only('functions-on-shared-layers', '^cloudfunctions/', '^cloudfunctions/|^src/(contract|domain)/', 'A function never carries screen code.'),
    { name: 'one-importer-of-the-sdk', comment: 'Only _server/cloud.ts talks to the platform, so that what we rely on stands in one place.', severity: 'error', from: { path: '^(src|cloudfunctions|emulator)/', pathNot: '^cloudfunctions/_server/cloud\\.ts$' }, to: { path: 'node_modules/wx-server-sdk/' } },
    only('emulator-is-not-the-product', '^emulator/(?!stage/|demo/)', '^emulator/|^cloudfunctions/(database\\.json|templates\\.json|deploy/)', 'The emulator mirrors the cloud, not us.'),
    only('stage-and-demo', '^emulator/(stage|demo)/', '^emulator/|^src/(contract|domain)/', 'The stage shows the product from outside.'),
    { name: 'nobody-imports-tests', comment: 'Tests are leaves.', severity: 'error', from: { path: '^(src|cloudfunctions|emulator|config)/' }, to: { path: '^test/' } },
    { name: 'no-circles', comment: 'A circle cannot be understood in parts.', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
