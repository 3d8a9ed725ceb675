/** 照护须知: health data under a consent of its own. Withdrawing removes it at once (law 9). */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

export function CareNotesScreen() {
  const profile = useQuery('account.profile', {})
  const save = useAction('account.setCareNotes')
  const [typed, setTyped] = useState<string | null>(null)
  const [isTakingBack, setTakingBack] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = profile
  const words = typed ?? output?.careNotes ?? ''
  const sentence = '您同意留下这段话。只有上门的护理员、您社区的社工和您同意的家人看得到，随时能收回，收回就删掉。'
  const read = useReadAloud(words.trim() ? `${words.trim()}。${sentence}` : sentence)
  const keepNotes = async () => {
    setAnswered(null)
    if (await save.run({ consent: true, careNotes: words.trim() })) { setAnswered('留好了'); setTyped(null); profile.reload() }
  }
  const takeBack = async () => {
    if (await save.run({ consent: false })) { setAnswered('收回了，也删掉了'); setTyped(null); setTakingBack(false); profile.reload() }
  }
  return (
    <Screen
      title="照护须知"
      foot={isTakingBack ? undefined : <Foot say={sentence} problem={save.problem ? <Problem problem={save.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={words.trim() === '' || output === undefined} isBusy={save.isPending} onPress={keepNotes}>同意，留下</Button>} />}
    >
      {answered ? <Notice title={answered} isAnnounced /> : null}
      <Content of={profile} shape="detail">
        {(shown) => (
          <>
            <Box className="body">走路、听力、吃药、忌口，写几句，护理员上门就心里有数。</Box>
            <Field label="想让护理员知道的" kind="many-words" value={words} onChange={setTyped} maxLength={120} placeholder="听力不太好，请大声些" />
            {shown.hasCareNotesConsent
              ? isTakingBack
                ? <ConfirmSheet question="收回同意？这段话会马上删掉。" yes="收回，删掉" isDangerous isBusy={save.isPending} onYes={takeBack} onNo={() => setTakingBack(false)}>{save.problem ? <Problem problem={save.problem} /> : null}</ConfirmSheet>
                : <Button kind="outline" onPress={() => { setAnswered(null); setTakingBack(true) }}>收回同意</Button>
              : null}
          </>
        )}
      </Content>
    </Screen>
  )
}
