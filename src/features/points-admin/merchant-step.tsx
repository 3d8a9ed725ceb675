/** A merchant, new or changed: its name, where it is, how to ring it, and whether points are taken there. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'

type Merchant = OutputOf<'merchant.list'>['merchants'][number]

export function MerchantStep({ merchant, onBack, onDone }: { merchant: Merchant | null; onBack: () => void; onDone: (words: string) => void }) {
  const save = useAction('merchant.save')
  const [name, setName] = useState(merchant?.name ?? '')
  const [phone, setPhone] = useState(merchant?.phone ?? '')
  const [address, setAddress] = useState(merchant?.address ?? '')
  const [isOpen, setOpen] = useState(merchant?.isOpen ?? true)
  const [called, number, where] = [name.trim(), phone.trim(), address.trim()]
  const lack = called === '' ? '写上店名。' : where === '' ? '写上地址，老人找得到。' : !/^[\d-]{7,20}$/.test(number) ? '写上电话，7 位以上数字。' : null
  const sentence = lack ?? `${called}，${where}，电话 ${number}${isOpen ? '' : '，不再收积分；已经换了的照样能领'}。`
  const read = useReadAloud(sentence)
  return (
    <Step
      title={merchant ? '改商户' : '加一家商户'} onBack={onBack}
      foot={(
        <Foot
          say={sentence} problem={save.problem ? <Problem problem={save.problem} /> : null} other={<ReadAloud {...read} />}
          main={<Button isDisabled={lack !== null} isBusy={save.isPending} onPress={async () => { if (lack === null && (await save.run({ ...(merchant ? { merchantId: merchant.merchantId } : {}), name: called, phone: number, address: where, isOpen }))) onDone(`${called}存好了`) }}>{merchant ? '就这样改' : '就这样加'}</Button>}
        />
      )}
    >
      <Box className="stack-wide">
        <Field label="店名" value={name} onChange={setName} maxLength={20} placeholder="东柳便民理发店" />
        <Field label="地址" value={address} onChange={setAddress} maxLength={40} placeholder="中兴路 12 号" />
        <Field label="电话" kind="phone" value={phone} onChange={setPhone} maxLength={20} />
        {merchant
          ? (
            <Box className="stack">
              <Heading level={2} className="section">现在收积分吗</Heading>
              <AnswerChoice label="现在收积分吗" selected={[isOpen ? 'open' : 'closed']} onChoose={(key) => setOpen(key === 'open')} answers={[{ key: 'open', title: '收' }, { key: 'closed', title: '停了', detail: '已经换了的照样能领' }]} />
            </Box>
          )
          : null}
      </Box>
    </Step>
  )
}
