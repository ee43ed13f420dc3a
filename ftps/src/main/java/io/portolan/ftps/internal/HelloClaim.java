package io.portolan.ftps.internal;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.portolan.core.internal.security.DataClaim;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells whose a data connection is by the session that its client hello asks to resume. */
abstract class HelloClaim implements DataClaim {

    @Override
    public final CompletionStage<Verdict> judge(byte[] said) {
        Optional<ClientHello> hello = ClientHello.read(Unpooled.wrappedBuffer(said), UnpooledByteBufAllocator.DEFAULT);
        if (hello.isEmpty()) {
            return CompletableFuture.completedFuture(Verdict.INCOMPLETE);
        }
        return judge(hello.get(), said);
    }

    /** A whole hello, with the records that it came in. */
    abstract CompletionStage<Verdict> judge(ClientHello hello, byte[] said);

    static CompletionStage<Verdict> verdict(boolean own) {
        return CompletableFuture.completedFuture(own ? Verdict.OWN : Verdict.FOREIGN);
    }
}
