/** Known now: a calm word, what is possible, and on to the first screen. */
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { useReadAloud } from '@/services/speech'

export function WelcomeStep({ name, isVerified, onBegin }: { name: string; isVerified: boolean; onBegin: () => void }) {
  const sentence = isVerified
    ? `${name}，您好。社区的登记找到了，现在就能约上门服务。`
    : `${name}，您好。登记好了，现在就能约上门服务。请家人代办，要等社工见过您一面。`
  const read = useReadAloud(sentence)
  return (
    <Screen title="掌上乐龄" hasBack={false} foot={<Foot other={<ReadAloud {...read} />} main={<Button onPress={onBegin}>去首页</Button>} />}>
      <Notice title={isVerified ? '认出您了' : '登记好了'} isAnnounced>{sentence}</Notice>
      {isVerified ? null : <Box className="body">方便的时候，带上身份证到社区，让社工见一见。</Box>}
    </Screen>
  )
}
