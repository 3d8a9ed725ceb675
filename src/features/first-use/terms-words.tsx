/** The privacy terms in plain words (law 9): what is kept, why, who sees it, and how to take it back. One text for first use and for 我的. */
import { Box } from '@/components/box'
import { Card } from '@/components/card'

/** What stands in the terms, each point as a heading and what it means. Said as it is built, nothing beyond. */
export const terms: readonly { title: string; words: string }[] = [
  { title: '记什么', words: '您的姓名、生日、住的社区、地址和手机号；您约的服务、订的餐和经过。' },
  { title: '为什么', words: '上门、送餐要知道去哪里、找谁；敲门没人应、您按了一键呼叫、说好报平安却没有报，要知道告诉谁。别的用途一概没有。' },
  { title: '谁看得到', words: '您自己、您同意的家人、您社区的社工、街道、上门的服务方、厨房和送餐员，各看各要用的。手机号和门牌平时是遮住的，谁打开看过会记下来，您随时能查。' },
  { title: '身体情况', words: '听力、行动、不能吃的，您另外同意了才记，随时可以收回，收回就删掉。' },
  { title: '由您做主', words: '在「我的」里，可以看、可以带走、可以注销。替您办事的家人，您随时能停。' },
]

/** The terms in one breath, for 读一遍. */
export const termsAloud = terms.map((term) => `${term.title}：${term.words}`).join('')

export function TermsWords() {
  return (
    <Card label="隐私说明">
      <Box className="stack">
        {terms.map((term) => (
          <Box key={term.title}>
            <Box className="strong">{term.title}</Box>
            <Box className="body">{term.words}</Box>
          </Box>
        ))}
      </Box>
    </Card>
  )
}
