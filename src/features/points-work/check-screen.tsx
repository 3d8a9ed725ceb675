/** 查一遍总账: sums, balances, seals and stock recomputed over every entry, in words; a long check goes on by itself. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Fact, Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { spokenDate } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { open, openEntry } from './open'

type Checked = OutputOf<'ledger.check'>

const howWords = { changed: '被改过', missing: '不见了', added: '是后来加进去的' } as const
/** More parts than any check has: whoever taps is not kept waiting for ever. */
const MOST_PARTS = 200

export function CheckScreen() {
  const known = useQuery('ledger.public', {})
  const check = useAction('ledger.check')
  const [checked, setChecked] = useState<Checked | null>(null)
  const [isChecking, setChecking] = useState(false)
  const lookOver = async () => {
    setChecking(true)
    setChecked(null)
    for (let part = 0; part < MOST_PARTS; part += 1) {
      const done = await check.run(part === 0 ? { isAnew: true } : {})
      if (!done) break
      setChecked(done)
      if (done.isFinished) break
    }
    setChecking(false)
    known.reload()
  }
  return (
    <Screen
      title="查一遍总账"
      foot={(
        <Foot
          say={isChecking ? `正在查，看过 ${pointsWords(checked?.entries ?? 0)} 笔了。` : null} problem={check.problem ? <Problem problem={check.problem} /> : null}
          main={<Button icon="shield-check" isBusy={isChecking} busyWords="正在查" onPress={lookOver}>现在查一遍</Button>}
        />
      )}
    >
      {checked?.isFinished ? <Found checked={checked} /> : null}
      <Content of={known} shape="detail">
        {(shown) => shown.state === 'notYet' && checked === null
          ? <Empty icon="shield-check" title="还没有查过" next="每天夜里自动查一遍；也可以现在就查。" />
          : (
            <Box className="stack">
              {checked?.isFinished
                ? null
                : shown.state === 'allTrue'
                  ? <Notice icon="shield-check" title="两清，每一分都对得上">{shown.checkedAt === null ? '' : `${momentWords(shown.checkedAt)} 查的。`}</Notice>
                  : shown.state === 'lookedAt' ? <Notice tone="sos" title="有对不上的，正在查">{shown.checkedAt === null ? '' : `${momentWords(shown.checkedAt)} 查的。`}</Notice> : null}
              <Card label="总账">
                <Fact term="一共发过">{pointsWords(shown.sums.issued)} 分</Fact>
                <Fact term="存折里可用">{pointsWords(shown.sums.spendable)} 分</Fact>
                <Fact term="兑换中">{pointsWords(shown.sums.held)} 分</Fact>
                <Fact term="等复核">{pointsWords(shown.sums.pending)} 分</Fact>
                <Fact term="爱心池">{pointsWords(shown.sums.pots)} 分</Fact>
                <Fact term="商户、服务处">{pointsWords(shown.sums.spent)} 分</Fact>
                <Fact term="过期">{pointsWords(shown.sums.expired)} 分</Fact>
                <Fact term="路上">{pointsWords(shown.sums.onTheWay)} 分</Fact>
                {shown.sealedOn ? <Box className="small">算到 {spokenDate(shown.sealedOn)}，{pointsWords(shown.entries)} 笔。</Box> : null}
              </Card>
              {shown.checks.length > 0 && !checked?.isFinished
                ? <Card label="每一条"><Rows>{shown.checks.map((law) => <Row key={law.law} title={law.law} detail={`看了 ${pointsWords(law.checked)} 份`} end={law.holds ? <Tag>对得上</Tag> : <Tag tone="sos">对不上</Tag>} />)}</Rows></Card>
                : null}
              {shown.days.length > 0 ? <Heading level={2} className="section">每天的封条</Heading> : null}
              {shown.days.length > 0
                ? <Card label="每天的封条"><Rows>{shown.days.map((day) => <Row key={day.onDate} title={`${spokenDate(day.onDate)} · ${day.entries} 笔`} detail={`发出 ${pointsWords(day.given)} 分，用掉 ${pointsWords(day.spent)} 分 · 封条 ${day.shortHash}`} onPress={() => open('seal', `onDate=${day.onDate}`)} />)}</Rows></Card>
                : null}
            </Box>
          )}
      </Content>
    </Screen>
  )
}

/** What the check that was just made found; what does not hold first. */
function Found({ checked }: { checked: Checked }) {
  const broken = checked.checks.filter((law) => !law.holds)
  const { unfit } = checked
  return (
    <Box className="stack">
      {broken.length === 0
        ? <Notice isAnnounced icon="shield-check" title={`两清，${checked.checks.length} 条都对得上`}>{momentWords(checked.at)} 查完，{pointsWords(checked.entries)} 笔一笔不漏。</Notice>
        : <Notice isAnnounced tone="sos" title={`有 ${broken.length} 条对不上`}>{momentWords(checked.at)} 查完。请把编号告诉技术人员，不要自己改。</Notice>}
      {unfit
        ? (
          <Notice tone="sos" title={`${spokenDate(unfit.onDate)}${unfit.how === 'copy' ? '的账，和另存的封条对不上' : `有一笔${howWords[unfit.how]}`}`} actions={unfit.how === 'missing' || unfit.entryId.startsWith('seal_') ? undefined : <Button kind="outline" icon="file-text" onPress={() => openEntry(unfit.entryId)}>看这一笔</Button>}>
            {unfit.how === 'copy' ? '账和封条一起被改过，另存的那份没有改：' : '和那天的封条不一样：'}{unfit.entryId}
          </Notice>
        )
        : null}
      <Card label="每一条">
        <Rows>{[...broken, ...checked.checks.filter((law) => law.holds)].map((law) => <Row key={law.law} title={law.law} detail={law.holds ? `看了 ${pointsWords(law.checked)} 份` : law.broken.join('、')} end={law.holds ? <Tag>对得上</Tag> : <Tag tone="sos">对不上</Tag>} />)}</Rows>
      </Card>
    </Box>
  )
}
