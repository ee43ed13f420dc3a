package io.portolan.examples.benchmarks.client;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JSch as its examples have it; it lets one file be on its way at a time. */
final class JschLibrary implements ClientMain.Library {

    @Override
    public void prepare(Account account) {
        // nothing is kept between sessions
    }

    @Override
    public long run(Task task) throws Exception {
        if (task.kind() == Task.Kind.SESSIONS) {
            return hold(task);
        }
        Session session = connect(task.account());
        try {
            ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
            sftp.connect();
            return run(task, sftp);
        } finally {
            session.disconnect();
        }
    }

    private static long run(Task task, ChannelSftp sftp) throws Exception {
        switch (task.kind()) {
            case DOWNLOAD -> sftp.get(task.remote(), task.local().toString());
            case UPLOAD -> sftp.put(task.local().toString(), task.remote());
            case DOWNLOAD_MANY -> {
                for (String name : task.names()) {
                    sftp.get(
                            task.remote() + "/" + name,
                            task.local().resolve(name).toString());
                }
            }
            case UPLOAD_MANY -> {
                for (String name : task.names()) {
                    Path local = task.local().resolve(name);
                    sftp.put(local.toString(), task.remote() + "/" + name);
                }
            }
            case LIST -> {
                return sftp.ls(task.remote()).size();
            }
            case STREAM, SESSIONS -> throw new IllegalArgumentException("not measured");
        }
        return 0;
    }

    private static Session connect(Account account) throws Exception {
        JSch jsch = new JSch();
        jsch.addIdentity(account.identity().toString());
        Session session = jsch.getSession(account.user(), Account.HOST, account.port());
        session.setConfig("StrictHostKeyChecking", "no");
        session.setConfig("cipher.c2s", OpenSshClient.CIPHER);
        session.setConfig("cipher.s2c", OpenSshClient.CIPHER);
        session.connect();
        return session;
    }

    private static long hold(Task task) throws Exception {
        List<Session> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < task.count(); i++) {
                Session session = connect(task.account());
                sessions.add(session);
                session.openChannel("sftp").connect();
            }
            return Thread.activeCount();
        } finally {
            sessions.forEach(Session::disconnect);
        }
    }

    @Override
    public void close() {
        // nothing is kept
    }
}
