package io.portolan.ftps.internal;

import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;

/** Where keys come from. */
public sealed interface KeySource {

    /** Keys for contexts that we make ourselves, of either engine. */
    sealed interface Managed extends KeySource {

        /** Makes or gives what the engines ask. */
        X509ExtendedKeyManager manager();
    }

    /**
     * Keys that are here.
     *
     * @param entries the keys, at least one
     */
    record Entries(List<KeyEntry> entries) implements Managed {
        public Entries {
            entries = List.copyOf(entries);
        }

        @Override
        public X509ExtendedKeyManager manager() {
            return new ServerKeyManager(entries);
        }
    }

    /**
     * Keys that somebody else keeps.
     *
     * @param manager chooses them
     */
    record Manager(X509ExtendedKeyManager manager) implements Managed {}

    /**
     * Keys in a context of the JDK's that somebody else has made, with whom it trusts.
     *
     * @param context the context, which has been initialised
     */
    record Context(SSLContext context) implements KeySource {}
}
