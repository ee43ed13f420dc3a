package io.portolan.examples.benchmarks.peer;

import java.io.File;
import java.util.List;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.ClearTextPasswordEncryptor;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** Apache FtpServer for a measurement: {@code ApacheServer PORT FOLDER USER PASSWORD CHAIN KEY KEYSTORE}. */
public final class ApacheServer {

    private static final int SESSIONS = 50_000;

    /** Of its own accord it would have a thread for each login that is allowed. */
    private static final int THREADS = 64;

    private static final int IDLE_SECONDS = 3600;

    private ApacheServer() {}

    public static void main(String[] args) throws Exception {
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(Integer.parseInt(args[0]));
        listener.setIdleTimeout(IDLE_SECONDS);

        SslConfigurationFactory tls = new SslConfigurationFactory();
        tls.setKeystoreFile(new File(args[6]));
        tls.setKeystoreType("PKCS12");
        tls.setKeystorePassword(Certificate.PASSWORD);
        tls.setSslProtocol("TLSv1.2", "TLSv1.3");
        listener.setSslConfiguration(tls.createSslConfiguration());

        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setMaxLogins(SESSIONS);
        connections.setMaxThreads(THREADS);

        PropertiesUserManagerFactory users = new PropertiesUserManagerFactory();
        users.setPasswordEncryptor(new ClearTextPasswordEncryptor());
        UserManager manager = users.createUserManager();
        BaseUser user = new BaseUser();
        user.setName(args[2]);
        user.setPassword(args[3]);
        user.setHomeDirectory(args[1]);
        user.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(SESSIONS, SESSIONS)));
        manager.save(user);

        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener.createListener());
        factory.setConnectionConfig(connections.createConnectionConfig());
        factory.setUserManager(manager);
        FtpServer server = factory.createServer();
        server.start();
        ServerMain.untilInputEnds(server::stop);
    }
}
