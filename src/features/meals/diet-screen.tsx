/** 饮食忌口: what must not be eaten and what was advised, under a consent of its own. Withdrawing removes it at once (law 9). */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonChooser } from '@/components/person-chooser'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { WhoIsIt } from '@/components/who-is-it'
import { allergens, dietTags, type Allergen, type DietTag } from '@/domain/diet'
import { rolesSeen } from '@/services/cache'
import { asOption, useForWhom } from '@/services/for-whom'
import { useIdentity } from '@/services/identity'
import { adviceWords, allergenWords } from '@/services/meal-words'
import { useReadAloud } from '@/services/speech'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import styles from './diet.module.scss'

const toggled = <T extends string>(chosen: readonly T[], one: T): readonly T[] => (chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])

export function DietScreen({ elderId: given }: { elderId: string }) {
  const me = useMyId()
  // Opened without a name it is about whom the first screen was about, as far as their care may be read.
  const { home, elder, elders, choose } = useForWhom()
  const [chosenElder, setElder] = useState(given)
  const readable = elders.filter((one) => one.isMe || one.scopes.includes('readCare'))
  const elderId = chosenElder || (home.output === undefined ? '' : readable.find((one) => one.personId === elder?.personId)?.personId ?? me ?? '')
  const isMe = elderId === me
  const identity = useIdentity(elderId)
  const diet = useQuery('diet.show', elderId ? { elderId, ...identity.given } : null)
  const save = useAction('diet.set')
  const [chosenAllergens, setAllergens] = useState<readonly Allergen[] | null>(null)
  const [chosenAdvice, setAdvice] = useState<readonly DietTag[] | null>(null)
  const [isTakingBack, setTakingBack] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = diet
  const kept = output?.diet ?? null
  const avoid = chosenAllergens ?? kept?.allergens ?? []
  const advice = chosenAdvice ?? kept?.advice ?? []
  const whose = isMe ? '您' : output?.elder.name ?? ''
  const isChanged = chosenAllergens !== null || chosenAdvice !== null
  const what = [avoid.length > 0 ? `不能吃${avoid.map(allergenWords).join('、')}` : '', advice.length > 0 ? `饮食要求${advice.map(adviceWords).join('、')}` : ''].filter(Boolean).join('，')
  const consent = `${whose}同意留下，只用来替${whose}选菜、提醒厨房和送餐员，随时能收回，收回就删掉。`
  const sentence = `${what ? `${whose}${what}。` : `${whose}没有忌口。`}${consent}`
  const read = useReadAloud(sentence)
  const change = () => { save.clear(); setAnswered(null) }
  const finish = (words: string) => { setAnswered(words); setAllergens(null); setAdvice(null); setTakingBack(false); diet.reload() }
  const keep = async () => { if (await save.run({ elderId, consent: true, allergens: [...avoid], advice: [...advice], ...identity.given })) finish('留好了，订餐时会替您避开') }
  const takeBack = async () => { if (await save.run({ elderId, consent: false, allergens: [], advice: [], ...identity.given })) finish('收回了，也删掉了') }
  // Family may change what the elder agreed to keep, and not begin it; to a social worker the elder says so.
  const isNotMineToBegin = output !== undefined && kept === null && !isMe && !rolesSeen().includes('socialWorker')
  return (
    <Screen
      title="饮食忌口" subtitle={output ? `给 ${output.elder.name}` : undefined}
      foot={output && !isTakingBack && !isNotMineToBegin
        ? <Foot say={sentence} problem={save.problem ? <Problem problem={save.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={!isChanged && kept !== null} isBusy={save.isPending} onPress={keep}>{kept === null ? '同意，留下' : '改好了'}</Button>} />
        : undefined}
    >
      <PersonChooser people={readable.map(asOption)} selected={elderId} onChoose={(key) => { change(); setAllergens(null); setAdvice(null); setTakingBack(false); choose(key); setElder(key) }} />
      {answered ? <Notice title={answered} isAnnounced /> : null}
      {diet.problem && diet.code === 'IDENTITY_REQUIRED' ? <WhoIsIt problem={diet.problem} onHere={identity.isHere} onAsk={identity.ask} /> : (
        <Content of={diet} shape="detail">
          {(shown) => isNotMineToBegin
            ? <Notice tone="gold" icon="users" title={`${shown.elder.name}还没有同意留下忌口`}>请{shown.elder.name}在自己手机上点同意，或者告诉社区社工。同意以后，您可以来改。</Notice>
            : (
              <>
                <Box className="body">不能吃的，订餐时会避开，换成能吃的。不合要求的，会先提醒再订。</Box>
                <Heading level={2} className="section">不能吃</Heading>
                <Box className={styles.two}><AnswerChoice isMany label="不能吃" answers={allergens.map((key) => ({ key, title: allergenWords(key) }))} selected={avoid} onChoose={(key) => { change(); const one = allergens.find((allergen) => allergen === key); if (one) setAllergens(toggled(avoid, one)) }} /></Box>
                <Heading level={2} className="section">饮食要求</Heading>
                <Box className={styles.two}><AnswerChoice isMany label="饮食要求" answers={dietTags.map((key) => ({ key, title: adviceWords(key) }))} selected={advice} onChoose={(key) => { change(); const one = dietTags.find((tag) => tag === key); if (one) setAdvice(toggled(advice, one)) }} /></Box>
                {kept ? <Box className="small">{momentWords(kept.consentAt)} {kept.consentHow === 'elderTap' ? `${whose}自己点的同意。` : '告诉社工同意的。'}</Box> : null}
                {kept === null ? null : isTakingBack
                  ? <ConfirmSheet question={`收回同意？${isMe ? '您' : shown.elder.name}的忌口会马上删掉，订餐时不再避开。`} yes="收回，删掉" isDangerous isBusy={save.isPending} onYes={takeBack} onNo={() => setTakingBack(false)}>{save.problem ? <Problem problem={save.problem} /> : null}</ConfirmSheet>
                  : <Button kind="outline" onPress={() => { change(); setTakingBack(true) }}>收回同意</Button>}
              </>
            )}
        </Content>
      )}
    </Screen>
  )
}
