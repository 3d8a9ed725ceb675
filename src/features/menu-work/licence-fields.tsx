/** A licence as it is typed from the paper. */
import { DateField, Field, SelectField } from '@/components/field'
import { licenceKinds, type LicenceTerms } from '@/domain/organisation'
import { fullDate } from '@/services/staff-words'
import { licenceNames, licenceOptions } from './words'

export const noLicence: LicenceTerms = { kind: 'business', number: '', fromOn: '', untilOn: '' }

/** What is missing; null: it is whole. */
export const licenceLacks = (licence: LicenceTerms, today: string): string | null =>
  licence.number.trim() === '' ? '写上证号。' : licence.fromOn === '' || licence.untilOn === '' ? '选上从哪天到哪天。' : licence.untilOn < licence.fromOn ? '到期不能比开始早。' : licence.untilOn < today ? '这张证已经过期了。' : null

export const licenceWords = (licence: LicenceTerms): string => `${licenceNames[licence.kind]}到 ${fullDate(licence.untilOn)}`

export function LicenceFields({ licence, onChange }: { licence: LicenceTerms; onChange: (next: LicenceTerms) => void }) {
  return (
    <>
      <SelectField label="哪一种证" value={licence.kind} onChange={(key) => onChange({ ...licence, kind: licenceKinds.find((one) => one === key) ?? licence.kind })} options={licenceOptions} />
      <Field label="证号" value={licence.number} onChange={(number) => onChange({ ...licence, number })} maxLength={40} />
      <DateField label="从哪天起" value={licence.fromOn} onChange={(fromOn) => onChange({ ...licence, fromOn })} from="2000-01-01" />
      <DateField label="到哪天止" value={licence.untilOn} onChange={(untilOn) => onChange({ ...licence, untilOn })} from="2026-01-01" />
    </>
  )
}
