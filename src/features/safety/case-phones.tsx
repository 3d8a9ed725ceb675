/** Whom to telephone about a case. Staff look at a number for this purpose, family at the elder's, which is noted; everybody can ring the community and 120. */
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Reveal } from '@/components/reveal'
import { dial, EMERGENCY } from '@/services/device'
import type { SafetyView } from '@/services/safety-words'
import { useUnmask } from '@/services/use-unmask'

/** `mayLook`: a social worker, who may see the numbers of the elder and of the family that the case names. */
export function CasePhones({ safety, mayLook, onEmergency }: { safety: SafetyView; mayLook: boolean; onEmergency: () => void }) {
  const isOurs = safety.as === 'socialWorker' || safety.as === 'admin'
  return (
    <>
      <Heading level={2} className="section">打电话</Heading>
      {(mayLook || safety.as === 'family') && safety.status !== 'closed' ? <Phone safety={safety} personId={safety.elderId} name={safety.elderName} /> : null}
      {mayLook ? safety.family.map((member) => <Phone key={member.personId} safety={safety} personId={member.personId} name={`${member.kinship}${member.name}`} />) : null}
      <Box className={isOurs || !safety.dutyPhone ? 'stack' : 'pair'}>
        {isOurs || !safety.dutyPhone ? null : <Button kind="outline" icon="phone-call" label={`打给社区，${safety.dutyPhone}`} onPress={() => dial(safety.dutyPhone)}>打给社区</Button>}
        <Button kind="dangerOutline" icon="phone-call" onPress={() => { dial(EMERGENCY); onEmergency() }}>打 120</Button>
      </Box>
    </>
  )
}

function Phone({ safety, personId, name }: { safety: SafetyView; personId: string; name: string }) {
  const phone = useUnmask('phone', { by: 'safetyCase', safetyCaseId: safety.safetyCaseId, personId }, 'safety')
  return (
    <Reveal
      ask={`打给${name}`} icon="phone-call" question={`看${name}的手机号，打电话？会记下来，本人看得到。`} yes="看手机号"
      value={phone.value} noneWords={`${name}没有登记手机号。`} isBusy={phone.isPending} problem={phone.problem} onReveal={phone.look}
      action={{ words: `拨打${name}`, icon: 'phone-call', onPress: dial }}
    />
  )
}
