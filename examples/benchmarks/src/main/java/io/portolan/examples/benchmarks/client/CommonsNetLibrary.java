package io.portolan.examples.benchmarks.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPListParseEngine;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.jspecify.annotations.Nullable;

/** Commons Net as its documentation and experience recommend: passive, binary, with a large buffer; for several connections a thread and a client each. */
final class CommonsNetLibrary implements ClientMain.Library {

    /** Of its own accord it copies 8 KiB at a time. */
    private static final int BUFFER = 256 * 1024;

    private static final int STREAMED = 100;

    @Override
    public void prepare(Account account) {
        // nothing is kept between sessions
    }

    @Override
    public long run(Task task) throws Exception {
        if (task.connections() > 1) {
            shared(task);
            return 0;
        }
        FTPClient session = connect(task.account());
        try {
            switch (task.kind()) {
                case LIST -> {
                    long entries = 0;
                    for (int i = 0; i < task.count(); i++) {
                        entries += session.listFiles(task.remote()).length;
                    }
                    return entries / task.count();
                }
                case SESSIONS -> throw new IllegalArgumentException("not measured");
                case STREAM -> {
                    return stream(session, task.remote());
                }
                case DOWNLOAD, UPLOAD -> one(session, task, null);
                case DOWNLOAD_MANY, UPLOAD_MANY -> {
                    for (String name : task.names()) {
                        one(session, task, name);
                    }
                }
            }
            return 0;
        } finally {
            session.disconnect();
        }
    }

    private static long stream(FTPClient session, String folder) throws IOException {
        FTPListParseEngine engine = session.initiateListParsing(folder);
        long entries = 0;
        while (engine.hasNext()) {
            entries += engine.getNext(STREAMED).length;
        }
        return entries;
    }

    private static FTPClient connect(Account account) throws IOException {
        FTPClient session;
        if (account.tls()) {
            FTPSClient protectedSession = new FTPSClient(false);
            protectedSession.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
            session = protectedSession;
        } else {
            session = new FTPClient();
        }
        session.setBufferSize(BUFFER);
        session.connect(Account.HOST, account.port());
        session.setTcpNoDelay(true);
        check(session, session.login(account.user(), account.password()));
        if (session instanceof FTPSClient protectedSession) {
            protectedSession.execPBSZ(0);
            protectedSession.execPROT("P");
        }
        session.enterLocalPassiveMode();
        check(session, session.setFileType(FTP.BINARY_FILE_TYPE));
        return session;
    }

    private static void one(FTPClient session, Task task, @Nullable String name) throws IOException {
        String remote = name == null ? task.remote() : task.remote() + "/" + name;
        var local = name == null ? task.local() : task.local().resolve(name);
        if (task.kind() == Task.Kind.DOWNLOAD || task.kind() == Task.Kind.DOWNLOAD_MANY) {
            try (OutputStream out = Files.newOutputStream(local)) {
                check(session, session.retrieveFile(remote, out));
            }
        } else {
            try (InputStream in = Files.newInputStream(local)) {
                check(session, session.storeFile(remote, in));
            }
        }
    }

    private static void shared(Task task) throws Exception {
        List<String> names = task.names();
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(task.connections());
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < task.connections(); i++) {
                ends.add(threads.submit(() -> {
                    FTPClient session = connect(task.account());
                    try {
                        for (int n = next.getAndIncrement(); n < names.size(); n = next.getAndIncrement()) {
                            one(session, task, names.get(n));
                        }
                    } finally {
                        session.disconnect();
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void check(FTPClient session, boolean succeeded) throws IOException {
        if (!succeeded) {
            throw new IOException(session.getReplyString());
        }
    }

    @Override
    public void close() {
        // nothing is kept
    }
}
