/** Whose voice it is: what a social worker must know before anything is done in an elder's name. */
import { askedBy, ensureIdentified, identityQuestions, isIdentified } from '../../src/domain/identity'
import { refusalOf } from './support'

test('two different questions, or the person in front of one; one question asked twice is one', () => {
  expect(isIdentified([])).toBe(false)
  for (const question of identityQuestions) expect(isIdentified([question, question])).toBe(false)
  expect(isIdentified(['birthYear', 'lastMeal'])).toBe(true)
  expect(isIdentified(['inPerson'])).toBe(true)
})

test('the elder and the family are known by their own phones; a social worker says how', () => {
  expect(refusalOf(() => ensureIdentified(askedBy({ role: 'resident' }, undefined)))).toBe('OK')
  expect(refusalOf(() => ensureIdentified(askedBy({ role: 'socialWorker' }, undefined)))).toBe('IDENTITY_REQUIRED')
  expect(refusalOf(() => ensureIdentified(askedBy({ role: 'socialWorker' }, ['building', 'familyName'])))).toBe('OK')
})
