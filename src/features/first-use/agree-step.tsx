/** The first thing anybody sees: a size that can be read, and the terms in plain words. Nothing is kept before the tap. */
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { TextSizeSwitch } from '@/components/text-size'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { TermsWords, termsAloud } from './terms-words'

export function AgreeStep({ subdistrictName, termsVersion, onAgreed }: { subdistrictName: string; termsVersion: string; onAgreed: () => void }) {
  const agree = useAction('account.acceptTerms')
  const sentence = '您同意以后，我们才登记您是谁。不同意也不要紧，到社区或打电话一样能约。'
  const read = useReadAloud(`${termsAloud}${sentence}`)
  return (
    <Screen
      title="掌上乐龄" subtitle={subdistrictName} hasBack={false}
      foot={(
        <Foot
          say={sentence}
          problem={agree.problem ? <Problem problem={agree.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={<Button isBusy={agree.isPending} onPress={async () => { if (await agree.run({ termsVersion })) onAgreed() }}>同意，开始用</Button>}
        />
      )}
    >
      <Box className="hello">您好，先选看得清的字</Box>
      <TextSizeSwitch />
      <Heading level={2} className="section">我们怎么对待您的信息</Heading>
      <TermsWords />
    </Screen>
  )
}
