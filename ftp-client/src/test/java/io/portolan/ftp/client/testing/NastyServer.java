package io.portolan.ftp.client.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that does what servers must not. By itself it is a plain one, over files in memory, for whoever logs in; what a test says of a verb ({@link #on}) is done instead of what is right:
 *
 * <pre>{@code
 * NastyServer server = NastyServer.start();
 * server.on("RETR", (session, name) -> {
 *     session.reply("226 Before there was anything.");
 *     session.withData(data -> data.send(bytes).end());
 * });
 * }</pre>
 *
 * <p>Everything of it runs on one event loop; what a test sets, it sets before it connects, or is safe from any thread.
 */
public final class NastyServer implements AutoCloseable {

    /** What becomes of a command. */
    @FunctionalInterface
    public interface Answer {

        /**
         * Answers, or does not.
         *
         * @param session whose command it is
         * @param argument what stands behind the verb, or nothing
         */
        void to(NastySession session, String argument);
    }

    /** What becomes of a session that has just begun. */
    @FunctionalInterface
    public interface Welcome {
        void to(NastySession session);
    }

    private static final TransportOptions ONE_LOOP = TransportOptions.builder()
            .kind(TransportKind.NIO)
            .eventLoopThreads(1)
            .workerThreads(1)
            .build();

    /** Its own, as sessions wait for their ports to be open. Not groups of Netty's: each that ends leaves a thread behind for a second, and a client that is closed meanwhile waits for it. */
    private final TransportRuntime acceptors = TransportRuntime.start(ONE_LOOP, "nasty-acceptor");

    private final TransportRuntime loop = TransportRuntime.start(ONE_LOOP, "nasty");
    private final Map<String, Answer> answers = new ConcurrentHashMap<>(PlainAnswers.ALL);
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<NastySession> sessions = new CopyOnWriteArrayList<>();
    private volatile List<String> listing = List.of();
    private volatile List<String> features = PlainAnswers.FEATURES;
    private volatile Welcome welcome = session -> session.reply("220 Nasty.");
    private final Channel listener;

    private NastyServer(InetAddress address) {
        listener = listen(address, new Children());
    }

    /** On a free port of the loopback address. */
    public static NastyServer start() {
        return start(InetAddress.getLoopbackAddress());
    }

    public static NastyServer start(InetAddress address) {
        return new NastyServer(address);
    }

    private final class Children extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            NastySession session = new NastySession(NastyServer.this, channel);
            sessions.add(session);
            channel.pipeline().addLast(session);
        }
    }

    Channel listen(InetAddress address, ChannelInitializer<SocketChannel> children) {
        return new ServerBootstrap()
                .group(acceptors.loops(), loop.loops())
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(children)
                .bind(address, 0)
                .awaitUninterruptibly()
                .channel();
    }

    public int port() {
        return address().getPort();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Answers a verb so from now on. */
    public NastyServer on(String verb, Answer answer) {
        answers.put(verb, answer);
        return this;
    }

    /** Answers a verb so from now on, whatever its argument. */
    public NastyServer reply(String verb, String... lines) {
        return on(verb, (session, argument) -> session.reply(lines));
    }

    /** Answers a verb so the next time only. */
    public NastyServer once(String verb, Answer answer) {
        Answer before = answers.getOrDefault(verb, PlainAnswers.UNKNOWN);
        return on(verb, (session, argument) -> {
            answers.put(verb, before);
            answer.to(session, argument);
        });
    }

    /** Greets sessions so. */
    public NastyServer greet(Welcome greeting) {
        welcome = greeting;
        return this;
    }

    /** Tells FEAT so, each line without its space. */
    public NastyServer features(String... lines) {
        features = List.of(lines);
        return this;
    }

    /** Lists directories so, whatever the verb. */
    public NastyServer listing(String... lines) {
        listing = List.of(lines);
        return this;
    }

    public NastyServer file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /** What is there under a path, or fails. */
    public byte[] read(String path) {
        byte[] content = files.get(path);
        if (content == null) {
            throw new IllegalStateException("there is no " + path + " among " + files.keySet());
        }
        return content;
    }

    /** What there is. */
    public Set<String> paths() {
        return Set.copyOf(files.keySet());
    }

    /** Takes away what is there under a path, or fails. */
    public byte[] take(String path) {
        byte[] content = read(path);
        files.remove(path);
        return content;
    }

    public boolean has(String path) {
        return files.containsKey(path);
    }

    /** All commands that have come so far, in their order, with their arguments. */
    public List<String> commands() {
        return new ArrayList<>(commands);
    }

    /** The verbs of all commands that have come so far. */
    public List<String> verbs() {
        return commands.stream().map(NastyServer::verb).toList();
    }

    /** The sessions that there have been. */
    public List<NastySession> sessions() {
        return new ArrayList<>(sessions);
    }

    Map<String, byte[]> files() {
        return files;
    }

    List<String> listing() {
        return listing;
    }

    List<String> features() {
        return features;
    }

    void greet(NastySession session) {
        welcome.to(session);
    }

    void obey(NastySession session, String line) {
        commands.add(line);
        String verb = verb(line);
        String argument = line.length() > verb.length() ? line.substring(verb.length() + 1) : "";
        answers.getOrDefault(verb.toUpperCase(Locale.ROOT), PlainAnswers.UNKNOWN)
                .to(session, argument);
    }

    private static String verb(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? line : line.substring(0, space);
    }

    @Override
    public void close() {
        loop.close();
        acceptors.close();
    }
}
