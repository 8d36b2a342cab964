package csp.sandbox.fault.api;

import csp.sandbox.fault.Fault;
import csp.sandbox.fault.FaultEffect;
import csp.sandbox.fault.FaultEffect.CutAnswer;
import csp.sandbox.fault.FaultEffect.Delay;
import csp.sandbox.fault.FaultEffect.DropConnection;
import csp.sandbox.fault.FaultEffect.LineFailure;
import csp.sandbox.fault.FaultEffect.Refusal;
import csp.sandbox.fault.FaultEffect.Throttle;
import csp.shared.http.WireTime;
import java.util.UUID;

/** A fault on the wire: as it was asked for, and what came of it. */
public record FaultView(
        UUID id,
        String operation,
        UUID partner,
        UUID customer,
        UUID subscription,
        Integer times,
        Long remaining,
        Double probability,
        Long seed,
        EffectView effect,
        long matched,
        long struck,
        String created) {

    /** Each type has the properties that it needs. */
    public record EffectView(
            String type,
            Integer retryAfter,
            String by,
            Integer status,
            Integer code,
            String text,
            String name,
            String when,
            Integer bytes) {

        private static EffectView of(FaultEffect effect) {
            if (effect instanceof Throttle throttle) {
                return new EffectView(
                        "throttle", throttle.retryAfterSeconds(), null, null, null, null, null, null, null);
            } else if (effect instanceof Delay delay) {
                return new EffectView("delay", null, delay.by().toString(), null, null, null, null, null, null);
            } else if (effect instanceof Refusal refusal) {
                return new EffectView("error", null, null, refusal.status(), refusal.code(), null, null, null, null);
            } else if (effect instanceof LineFailure line) {
                var name = line.reason() == null ? null : line.reason().wireName;
                return new EffectView("lineFailure", null, null, null, null, line.text(), name, null, null);
            } else if (effect instanceof DropConnection drop) {
                return new EffectView("dropConnection", null, null, null, null, null, null, drop.when().wireName, null);
            }
            return new EffectView("cutAnswer", null, null, null, null, null, null, null, ((CutAnswer) effect).bytes());
        }
    }

    static FaultView of(Fault fault) {
        return new FaultView(
                fault.id(),
                fault.operation(),
                fault.partner(),
                fault.customer(),
                fault.subscription(),
                fault.times(),
                fault.remaining(),
                fault.probability(),
                fault.seed(),
                EffectView.of(fault.effect()),
                fault.matched(),
                fault.struck(),
                WireTime.trimmed(fault.created()));
    }
}
