/** 我的: who I am, how large the words are, whom I do things for, and what is kept about me. */
import Taro from '@tarojs/taro'
import { useEffect, useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { PersonLine } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Fact, Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { TextSizeSwitch } from '@/components/text-size'
import { noteAccount } from '@/services/cache'
import { doorOf, wholeAddress } from '@/services/door-address'
import { useReadAloud } from '@/services/speech'
import { tabsFor, workPaths } from '@/services/tabs'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

type Profile = OutputOf<'account.profile'>

const open = (url: string) => { void Taro.navigateTo({ url }) }
const roleWords = { careWorker: '护理员的工作', kitchen: '厨房的工作', courier: '送餐的工作', merchant: '商户核销', volunteer: '志愿服务', socialWorker: '社工的工作', careConsultant: '顾问的工作', admin: '街道的工作' } as const

export function MeScreen() {
  const profile = useQuery('account.profile', {})
  const { output, reload } = profile
  const roles = output?.roles.map((grant) => grant.role)
  useEffect(() => {
    if (output && noteAccount(output.personId, output.roles.map((grant) => grant.role))) reload()
  }, [output, reload])
  return (
    <Screen title="我的" hasBack={false} tabBar={<TabBar items={roles ? tabsFor(roles) : tabsFor()} current="me" />}>
      <Content of={profile} shape="detail">
        {(shown) => (
          <>
            <WhoIAm profile={shown} onChanged={reload} />
            <Work roles={shown.roles} />
            <Heading level={2} className="section">字大小</Heading>
            <TextSizeSwitch />
            <Heading level={2} className="section">家人</Heading>
            <Card>
              <Rows label="家人">
                <Row icon="hand-heart" title="我替谁办" detail={shown.elders.length > 0 ? shown.elders.map((elder) => elder.name).join('、') : '还没有'} onPress={() => open('/pages/family/mine/index')} />
                <Row icon="users" title="谁能替我办" detail={shown.delegateCount > 0 ? `${shown.delegateCount} 位` : '还没有'} end={shown.requestsWaiting > 0 ? <Tag tone="gold">等您答复</Tag> : null} onPress={() => open('/pages/family/of-me/index')} />
                <Row icon="file-text" title="谁替我办了什么" detail="也看得到谁看过我的电话、地址" onPress={() => open('/pages/my-record/log/index')} />
              </Rows>
            </Card>
            <Heading level={2} className="section">吃饭和平安</Heading>
            <Card>
              <Rows label="吃饭和平安">
                <Row icon="soup" title="饮食忌口" detail="不能吃的，订餐时会避开" onPress={() => open('/pages/meals/diet/index')} />
                <Row icon="file-text" title="每月餐费" detail="总价、补贴、要付多少" onPress={() => open('/pages/meals/month/index')} />
                <Row icon="smile" title="每天报平安" detail="到时候没报，家人和社区会来问" onPress={() => open(`/pages/safety/well/index?elderId=${shown.personId}`)} />
                <Row icon="door-open" title="住院、出门" detail="先看会怎样，再定" onPress={() => open(`/pages/life/away/index?elderId=${shown.personId}`)} />
              </Rows>
            </Card>
            <Heading level={2} className="section">邻里互助</Heading>
            <Card>
              <Rows label="邻里互助">
                {shown.roles.some((grant) => grant.role === 'volunteer')
                  ? <Row icon="pencil" title="我会什么，去哪里" detail="志愿服务的本事和社区" onPress={() => open('/pages/volunteer/join/index')} />
                  : <Row icon="hand-heart" title="做志愿者" detail="帮邻居，攒积分" onPress={() => open('/pages/volunteer/join/index')} />}
                <Row icon="door-open" title="来帮忙的人" detail="签到码、做完了说一声" onPress={() => open('/pages/volunteer/helpers/index')} />
                <Row icon="users" title="结对" detail="每周固定来帮，同意、结束都在这里" onPress={() => open('/pages/volunteer/pairs/index')} />
                <Row icon="clipboard-list" title="项目认领" detail="一支队伍一起做" onPress={() => open('/pages/volunteer/projects/index')} />
              </Rows>
            </Card>
            <Heading level={2} className="section">我的信息</Heading>
            <Card>
              <Rows label="我的信息">
                <Row icon="accessibility" title="照护须知" detail={shown.hasCareNotesConsent ? (shown.careNotes ?? '还没有写') : '没有留'} onPress={() => open('/pages/my-record/care-notes/index')} />
                <Row icon="bell" title="微信提醒" detail="到时候告诉您" onPress={() => open('/pages/my-record/messages/index')} />
                <Row icon="id-card" title="留了我的什么" detail="看一看，带走一份" onPress={() => open('/pages/my-record/export/index')} />
                <Row icon="shield-check" title="隐私说明" onPress={() => open('/pages/first-use/terms/index')} />
                <Row icon="circle-x" title="注销" detail="不用了，删掉我的信息" onPress={() => open('/pages/my-record/erase/index')} />
              </Rows>
            </Card>
          </>
        )}
      </Content>
    </Screen>
  )
}

function WhoIAm({ profile, onChanged }: { profile: Profile; onChanged: () => void }) {
  const [isMoving, setMoving] = useState(false)
  return (
    <Card>
      <Box className="stack">
        <PersonLine name={profile.name} title={profile.name} detail={`${profile.communityName}社区`} />
        <Box className="inline">{profile.standing === 'verified' ? <Tag>见过面</Tag> : <Tag tone="gold">还没见过面</Tag>}</Box>
        <Box>
          <Fact term="手机">{profile.phone ?? '没有留'}</Fact>
          <Fact term="地址">{profile.address || '没有留'}</Fact>
        </Box>
        {isMoving
          ? <ChangeDoor profile={profile} onDone={() => { setMoving(false); onChanged() }} onNo={() => setMoving(false)} />
          : <Button kind="outline" onPress={() => setMoving(true)}>{profile.address ? '改门牌' : '填门牌'}</Button>}
        {profile.standing === 'verified' ? null : <Box className="body">请家人代办、替家人办，要等见过面：带上身份证到{profile.communityName}社区就行。</Box>}
      </Box>
    </Card>
  )
}

/** The door that visits go to. */
function ChangeDoor({ profile, onDone, onNo }: { profile: Profile; onDone: () => void; onNo: () => void }) {
  const change = useAction('person.setAddress')
  const [door, setDoor] = useState(doorOf(profile.communityName, profile.address ?? ''))
  const whole = wholeAddress(profile.communityName, door)
  const question = whole === '' ? '您住在哪里？' : `您住在${whole}，护理员到这里来？`
  const read = useReadAloud(question)
  return (
    <ConfirmSheet
      question={question} yes="记下" isBusy={change.isPending} isDisabled={whole === ''} onNo={onNo}
      onYes={async () => { if (await change.run({ personId: profile.personId, address: whole })) onDone() }}
    >
      {change.problem ? <Problem problem={change.problem} /> : null}
      <Field label="门牌" value={door} onChange={(typed) => { change.clear(); setDoor(typed) }} maxLength={50} hint="例如 12 幢 302" />
      <ReadAloud {...read} />
    </ConfirmSheet>
  )
}

function Work({ roles }: { roles: Profile['roles'] }) {
  const work = roles.flatMap((grant) => (grant.role === 'resident' ? [] : [{ role: grant.role, placeName: grant.placeName }]))
  if (work.length === 0) return null
  return (
    <Card>
      <Rows label="工作">
        {work.map((grant, index) => <Row key={index} icon="clipboard-list" title={roleWords[grant.role]} detail={grant.placeName} onPress={() => { void Taro.reLaunch({ url: workPaths[grant.role] }) }} />)}
      </Rows>
    </Card>
  )
}
