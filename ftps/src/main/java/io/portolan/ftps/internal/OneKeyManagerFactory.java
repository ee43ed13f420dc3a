package io.portolan.ftps.internal;

import java.security.KeyStore;
import java.security.Provider;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Makes a factory of a key manager, for Netty, which only takes those. */
final class OneKeyManagerFactory extends KeyManagerFactory {

    OneKeyManagerFactory(X509ExtendedKeyManager manager) {
        super(new Spi(manager), new NoProvider(), "one");
    }

    private static final class Spi extends KeyManagerFactorySpi {
        private final X509ExtendedKeyManager manager;

        Spi(X509ExtendedKeyManager manager) {
            this.manager = manager;
        }

        @Override
        protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {manager};
        }
    }

    private static final class NoProvider extends Provider {
        private static final long serialVersionUID = 1L;

        NoProvider() {
            super("portolan", "1", "holds no algorithm");
        }
    }
}
