/** The terms to read again, from 我的. */
import { Box } from '@/components/box'
import { ReadAloud } from '@/components/read-aloud'
import { Screen } from '@/components/screen'
import { useReadAloud } from '@/services/speech'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { TermsWords, termsAloud } from './terms-words'

export function TermsScreen() {
  const read = useReadAloud(termsAloud)
  const profile = useQuery('account.profile', {})
  return (
    <Screen title="隐私说明">
      <TermsWords />
      {profile.output ? <Box className="small">{momentWords(profile.output.termsAt)} 您同意了 {profile.output.termsVersion} 版。</Box> : null}
      <ReadAloud {...read} words="读给我听" />
    </Screen>
  )
}
