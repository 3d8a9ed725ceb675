/** First use 第一次用: large text at once, consent before anything is kept, then who I am. Each step only as far as the server says. */
import Taro from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { Content } from '@/components/content'
import { Screen } from '@/components/screen'
import { noteAccount } from '@/services/cache'
import { useQuery } from '@/services/use-query'
import { AgreeStep } from './agree-step'
import { ClaimStep } from './claim-step'
import { RegisterStep } from './register-step'
import { WelcomeStep } from './welcome-step'

const FIRST_SCREEN = '/pages/home/index'

export function FirstUseScreen() {
  const account = useQuery('account.open', {})
  const [isRegistering, setRegistering] = useState(false)
  const [welcomed, setWelcomed] = useState<{ name: string; isVerified: boolean } | null>(null)
  const { output, reload } = account
  const isReady = output?.stage === 'ready' && account.ageWords === undefined
  useEffect(() => {
    if (isReady && welcomed === null) void Taro.reLaunch({ url: FIRST_SCREEN })
  }, [isReady, welcomed])

  const begin = (name: string, isVerified: boolean) => {
    setWelcomed({ name, isVerified })
    reload()
  }
  if (welcomed) return <WelcomeStep {...welcomed} onBegin={() => { if (output?.me) noteAccount(output.me.personId, output.me.roles.map((grant) => grant.role)); void Taro.reLaunch({ url: FIRST_SCREEN }) }} />
  if (output?.stage === 'terms') return <AgreeStep subdistrictName={output.subdistrictName} termsVersion={output.termsVersion} onAgreed={reload} />
  if (output?.stage === 'claim') {
    return isRegistering
      ? <RegisterStep subdistrictName={output.subdistrictName} communities={output.communities} onBack={() => setRegistering(false)} onRegistered={(name) => begin(name, false)} />
      : <ClaimStep subdistrictName={output.subdistrictName} onClaimed={(name) => begin(name, true)} onRegister={() => setRegistering(true)} />
  }
  return <Screen title="掌上乐龄" hasBack={false}><Content of={account} shape="detail">{() => null}</Content></Screen>
}
