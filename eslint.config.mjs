// What the compiler cannot see: clocks outside the clock, hooks misused, switched-off checks.
import tseslint from 'typescript-eslint'
import reactHooks from 'eslint-plugin-react-hooks'

const clockOutsideTheClock = [
  'error',
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Time comes from the one clock.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes from the one clock.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Time comes from the one clock.' },
  { selector: "CallExpression[callee.name='dayjs'][arguments.length=0]", message: 'dayjs needs an explicit time.' },
]

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', '**/*.cjs', 'test/**/fixtures/**/*.js'] },
  ...tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-object-type': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'off',
    },
  },
  { files: ['src/**/*.tsx', 'src/**/*.ts'], plugins: { 'react-hooks': reactHooks }, rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' } },
  {
    files: ['src/domain/**', 'cloudfunctions/**', 'emulator/**'],
    ignores: ['cloudfunctions/_server/clock.ts', 'emulator/clock.ts', 'emulator/stage/**/*.js'],
    rules: { 'no-restricted-syntax': clockOutsideTheClock },
  },
)
