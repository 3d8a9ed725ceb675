/** 积分 as the subdistrict runs it: whether the books of all add up, and the way to every part. */
import Taro from '@tarojs/taro'
import { Box, Heading } from '@/components/box'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { open, openWork } from './open'

const openPublic = (page: string) => { void Taro.navigateTo({ url: `/pages/points/${page}/index` }) }

/** As many as are counted. */
const COUNTED = 20
const shiftsWords = (count: number | undefined): string => (count === undefined ? '等核实的，全街道' : count === 0 ? '没有等核实的' : `${count}${count >= COUNTED ? ' 多' : ''} 班等核实，您也可以核实`)
const activitiesWords = (count: number | undefined): string => (count === undefined || count === 0 ? '没有等核实的' : `${count}${count >= COUNTED ? ' 多' : ''} 个办完了，等核实`)

export function PointsAdminScreen() {
  const ledger = useQuery('ledger.public', {})
  const waiting = useQuery('worker.waiting', {})
  return (
    <Screen title="积分">
      <Content of={ledger} shape="detail">
        {({ state, checkedAt, sums }) => state === 'notYet'
          ? <Notice tone="gold" title="总账还没有查过">每天夜里自动查一遍，也可以现在查。</Notice>
          : state === 'allTrue'
            ? <Notice icon="shield-check" title="今日总账两清">{checkedAt === null ? '' : `${momentWords(checkedAt)} 查的。`}存折里可用 {pointsWords(sums.spendable)} 分。</Notice>
            : <Notice tone="sos" title="有对不上的，正在查">{checkedAt === null ? '' : `${momentWords(checkedAt)} 查的。`}请点「查一遍总账」看是哪一条。</Notice>}
      </Content>
      <Box className="stack">
        <Heading level={2} className="section">怎么挣，怎么用</Heading>
        <Card label="怎么挣，怎么用">
          <Rows>
            <Row icon="clipboard-list" title="积分规则" detail="做什么给多少，两个人才能改" onPress={() => open('policy')} />
            <Row icon="gift" title="兑换品" detail="有什么、多少分、还剩几份" onPress={() => open('rewards')} />
            <Row icon="building-2" title="商户" detail="在哪里用，每月怎么结" onPress={() => open('merchants')} />
          </Rows>
        </Card>
      </Box>
      <Box className="stack">
        <Heading level={2} className="section">要人来定的</Heading>
        <Card label="要人来定的">
          <Rows>
            <Row icon="badge-check" title="志愿班次" detail={shiftsWords(waiting.output?.shifts)} onPress={() => openWork('today')} />
            <Row icon="calendar-days" title="活动、课程" detail={activitiesWords(waiting.output?.activities)} onPress={() => openWork('activities')} />
            <Row icon="circle-alert" title="疑点" detail="看着不对的积分，要您来定" onPress={() => openWork('flags')} />
            <Row icon="clock" title="补录工时" detail="社工补录的，等第二个人看" onPress={() => openWork('desk')} />
            <Row icon="hand-heart" title="爱心池" detail="进来多少、给了谁、还有多少" onPress={() => openWork('pots')} />
            <Row icon="plus" title="人工加分" detail="多的要两个人" onPress={() => open('by-hand')} />
            <Row icon="minus" title="冲正" detail="记错了的，用一笔抵一笔" onPress={() => open('reverse')} />
          </Rows>
        </Card>
      </Box>
      <Box className="stack">
        <Heading level={2} className="section">查账和公布</Heading>
        <Card label="查账和公布">
          <Rows>
            <Row icon="shield-check" title="查一遍总账" detail="每一分都对得上吗；每天的封条" onPress={() => openWork('check')} />
            <Row icon="file-text" title="积分账目" detail="公布给居民看的月报" onPress={() => openPublic('accounts')} />
            <Row icon="badge-check" title="评星" detail="五最四星、志愿之星" onPress={() => openPublic('honours')} />
            <Row icon="circle-check" title="投票" detail="办一次，提前结束" onPress={() => open('polls')} />
          </Rows>
        </Card>
      </Box>
    </Screen>
  )
}
