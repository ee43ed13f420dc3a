package io.portolan.ftps.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.ClearTextPasswordEncryptor;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** Apache FtpServer in a process of its own: {@code ADDRESS PORT FOLDER USER PASSWORD [CHAIN KEY]}. Ends when it is killed. */
final class ApacheServer {

    private static final String STORE_PASSWORD = "secret";
    private static final int SESSIONS = 10;

    private ApacheServer() {}

    public static void main(String[] args) throws Exception {
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress(args[0]);
        listener.setPort(Integer.parseInt(args[1]));
        if (args.length > 5) {
            SslConfigurationFactory tls = new SslConfigurationFactory();
            tls.setKeystoreFile(keyStore(Path.of(args[5]), Path.of(args[6])).toFile());
            tls.setKeystoreType("PKCS12");
            tls.setKeystorePassword(STORE_PASSWORD);
            tls.setSslProtocol("TLSv1.2", "TLSv1.3");
            listener.setSslConfiguration(tls.createSslConfiguration());
        }
        PropertiesUserManagerFactory users = new PropertiesUserManagerFactory();
        users.setPasswordEncryptor(new ClearTextPasswordEncryptor());
        UserManager manager = users.createUserManager();
        BaseUser user = new BaseUser();
        user.setName(args[3]);
        user.setPassword(args[4]);
        user.setHomeDirectory(args[2]);
        user.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(SESSIONS, SESSIONS)));
        manager.save(user);
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener.createListener());
        factory.setUserManager(manager);
        factory.createServer().start();
    }

    private static Path keyStore(Path chain, Path key) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(chain)) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            store.setKeyEntry("server", key(key), STORE_PASSWORD.toCharArray(), new Certificate[] {certificate});
        }
        Path file = chain.resolveSibling("keys.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, STORE_PASSWORD.toCharArray());
        }
        return file;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
        byte[] octets = Base64.getMimeDecoder().decode(text);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(octets));
    }
}
