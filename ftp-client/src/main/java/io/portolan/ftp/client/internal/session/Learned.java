package io.portolan.ftp.client.internal.session;

import io.portolan.core.internal.listing.ListingDialect;
import org.jspecify.annotations.Nullable;

/** What a session has found out about its server by trying. Event loop only. */
public final class Learned {

    private boolean mlsdRefused;
    private boolean dialectKnown;
    private @Nullable ListingDialect dialect;
    private @Nullable String hash;

    Learned() {}

    /** Whether MLSD is not there, although it was told. */
    public boolean mlsdRefused() {
        return mlsdRefused;
    }

    public void refuseMlsd() {
        mlsdRefused = true;
    }

    /** Whether the server was asked what system it is. */
    public boolean isDialectKnown() {
        return dialectKnown;
    }

    /** The format that LIST is likely to have, if that is known. */
    public @Nullable ListingDialect dialect() {
        return dialect;
    }

    public void dialect(@Nullable ListingDialect likely) {
        dialectKnown = true;
        dialect = likely;
    }

    /** Which algorithm HASH uses, if it was set. */
    public @Nullable String hash() {
        return hash;
    }

    public void hash(String algorithm) {
        hash = algorithm;
    }
}
