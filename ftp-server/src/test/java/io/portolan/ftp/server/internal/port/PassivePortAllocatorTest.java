package io.portolan.ftp.server.internal.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import io.portolan.core.internal.security.DataClaim;
import io.portolan.ftp.server.PassivePorts;
import io.portolan.testing.FreePorts;
import io.portolan.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real sockets; each address in 127.0.0.0/8 is a client of its own. */
abstract class PassivePortAllocatorTest {

    private static final InetAddress LOCAL = address("127.0.0.1");
    private static final InetAddress ALICE = address("127.0.0.2");
    private static final InetAddress BOB = address("127.0.0.3");

    private final AtomicLong clock = new AtomicLong(System.nanoTime());
    private final List<AutoCloseable> opened = new ArrayList<>();
    private EventLoopGroup loops;
    private EventLoop home;
    private EventLoop sessionLoop;
    private PassivePortAllocator allocator;

    abstract IoHandlerFactory ioHandlers();

    abstract ChannelFactory<ServerChannel> channels();

    @BeforeEach
    void startLoops() {
        loops = new MultiThreadIoEventLoopGroup(3, ioHandlers());
        home = loops.next();
        sessionLoop = loops.next();
    }

    @AfterEach
    void stopLoops() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        if (allocator != null) {
            get(allocator.shutdown());
        }
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    @Test
    void twoPortsCarryTwentyLeasesOfTwentyClientAddresses() throws Exception {
        allocate(range(2));
        Map<InetAddress, PortLease> leases = new HashMap<>();
        for (int i = 10; i < 30; i++) {
            leases.put(address("127.0.0." + i), lease(address("127.0.0." + i)));
        }
        assertThat(allocator.statistics().leased()).isEqualTo(20);
        assertThat(allocator.statistics().listening()).isBetween(1, 2);

        for (Map.Entry<InetAddress, PortLease> each : leases.entrySet()) {
            connect(each.getKey(), each.getValue().port());
            Channel data = get(each.getValue().accept());
            assertThat(((InetSocketAddress) data.remoteAddress()).getAddress()).isEqualTo(each.getKey());
        }
        assertThat(allocator.statistics().leased()).isZero();
        assertThat(allocator.statistics().strangers()).isZero();
    }

    @Test
    void theConnectionIsOnTheSessionsLoopWithItsHandlersAndDoesNotReadYet() throws Exception {
        allocate(PassivePorts.any());
        ChannelInboundHandlerAdapter handler = new ChannelInboundHandlerAdapter();
        PortLease lease = get(allocator.lease(new LeaseRequest(ALICE, LOCAL, sessionLoop, "s1", handler, null)));
        connect(ALICE, lease.port());

        Channel data = get(lease.accept());

        assertThat(data.eventLoop()).isSameAs(sessionLoop);
        assertThat(data.config().isAutoRead()).isFalse();
        assertThat(data.pipeline().context(handler)).isNotNull();
        assertThat(lease).hasToString("PortLease[port=" + lease.port() + ", owner=s1, ACCEPTED]");
    }

    @Test
    void aSessionGetsAPortOfItsLoopsPart() throws Exception {
        PassivePorts ports = range(2 * PassivePortAllocator.MIN_PART);
        allocateInTwoParts(ports);
        int middle = ports.first() + PassivePortAllocator.MIN_PART;
        for (int i = 0; i < 10; i++) {
            assertThat(get(request(ALICE, home)).port()).isBetween(ports.first(), middle - 1);
            assertThat(get(request(ALICE, sessionLoop)).port()).isBetween(middle, ports.last());
        }
        assertThat(allocator.statistics().leased()).isEqualTo(20);
        assertThat(allocator.statistics().ports()).isEqualTo(ports.size());
    }

    @Test
    void aSessionWhoseLoopHasNoPartIsServedToo() throws Exception {
        allocateInTwoParts(PassivePorts.any());
        PortLease lease = get(request(ALICE, loops.next()));
        connect(ALICE, lease.port());
        assertThat(get(lease.accept()).isActive()).isTrue();
    }

    @Test
    void aPartThatIsExhaustedIsHelpedOutByTheOther() throws Exception {
        PassivePorts ports = range(2 * PassivePortAllocator.MIN_PART);
        allocateInTwoParts(ports.toBuilder().maxWait(Duration.ZERO).build());
        Set<Integer> leased = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            leased.add(get(request(ALICE, home)).port());
        }
        assertThat(leased).hasSize(ports.size());
        assertThat(allocator.statistics().refused()).isZero();

        Future<PortLease> oneTooMany = request(ALICE, home);

        assertThat(oneTooMany.await(Patience.MILLIS)).isTrue();
        assertThat(oneTooMany.cause()).isInstanceOf(PassivePortsExhaustedException.class);
        assertThat(allocator.statistics().refused()).isEqualTo(1);
        assertThat(get(request(BOB, home)).port()).isBetween(ports.first(), ports.last());
    }

    @Test
    void whoWaitsGetsThePortThatAnyPartGivesBack() throws Exception {
        PassivePorts ports = range(2 * PassivePortAllocator.MIN_PART);
        allocateInTwoParts(ports.toBuilder().maxWait(Patience.LONG_ENOUGH).build());
        List<PortLease> leases = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            leases.add(get(request(ALICE, home)));
        }
        Future<PortLease> waiting = request(ALICE, home);
        PortLease foreign = leases.get(leases.size() - 1);
        assertThat(foreign.port()).isGreaterThanOrEqualTo(ports.first() + PassivePortAllocator.MIN_PART);

        foreign.close();

        assertThat(get(waiting).port()).isEqualTo(foreign.port());
        await().untilAsserted(() -> assertThat(allocator.statistics().waiting()).isZero());
    }

    @Test
    void aSearchThatIsCancelledLeavesTheLine() throws Exception {
        PassivePorts ports = range(2 * PassivePortAllocator.MIN_PART);
        allocateInTwoParts(ports.toBuilder().maxWait(Patience.LONG_ENOUGH).build());
        for (int i = 0; i < ports.size(); i++) {
            get(request(ALICE, home));
        }
        Future<PortLease> waiting = request(ALICE, home);
        await().untilAsserted(() -> assertThat(allocator.statistics().waiting()).isEqualTo(1));

        waiting.cancel(false);

        await().untilAsserted(() -> assertThat(allocator.statistics().waiting()).isZero());
        assertThat(allocator.statistics().leased()).isEqualTo(ports.size());
    }

    @Test
    void aStrangerIsClosedAndTheRightPeerIsStillServed() throws Exception {
        allocate(PassivePorts.any());
        PortLease lease = lease(ALICE);

        assertClosedByServer(connectInVain(BOB, lease.port()));
        assertThat(lease.accept().isDone()).isFalse();
        connect(ALICE, lease.port());

        assertThat(get(lease.accept()).isActive()).isTrue();
        assertThat(allocator.statistics().strangers()).isEqualTo(1);
    }

    @Test
    void aSecondConnectionOfTheSamePeerIsClosed() throws Exception {
        allocate(PassivePorts.any());
        PortLease lease = lease(ALICE);
        connect(ALICE, lease.port());
        Channel data = get(lease.accept());

        assertClosedByServer(connectInVain(ALICE, lease.port()));

        assertThat(data.isActive()).isTrue();
    }

    @Test
    void closingTheLeaseAfterTheConnectionCameLeavesItAlone() throws Exception {
        allocate(PassivePorts.any());
        PortLease lease = lease(ALICE);
        connect(ALICE, lease.port());
        Channel data = get(lease.accept());

        lease.close();
        lease.close();

        assertThat(get(home.submit(() -> data.isActive()))).isTrue();
        assertThat(allocator.statistics().leased()).isZero();
    }

    @Test
    void aClosedLeaseTakesNoConnectionAndItsFutureIsCancelled() throws Exception {
        allocate(PassivePorts.any());
        PortLease lease = lease(ALICE);
        lease.close();
        lease.close();

        assertThat(lease.accept().isCancelled()).isTrue();
        assertThatThrownBy(() -> lease.accept().get()).isInstanceOf(CancellationException.class);
        await().until(() -> allocator.statistics().leased() == 0);
        assertClosedByServer(connectInVain(ALICE, lease.port()));
    }

    @Test
    void anExhaustedRangeRefusesAfterTheWaitWithAReason() throws Exception {
        allocate(range(1).toBuilder().maxWait(Duration.ofMillis(30)).build());
        lease(ALICE);

        Future<PortLease> refused = request(ALICE).await();

        assertThat(refused.cause())
                .isInstanceOf(PassivePortsExhaustedException.class)
                .hasMessage("all passive ports are busy for your address");
        assertThat(allocator.statistics().refused()).isEqualTo(1);
        assertThat(allocator.statistics().waiting()).isZero();
        assertThat(lease(BOB).port()).isPositive();
    }

    @Test
    void aFreedPortGoesToWhoWaitedLongest() throws Exception {
        allocate(range(1).toBuilder().maxWait(Patience.LONG_ENOUGH).build());
        PortLease only = lease(ALICE);
        Future<PortLease> first = request(ALICE);
        await().until(() -> allocator.statistics().waiting() == 1);
        Future<PortLease> second = request(ALICE);
        await().until(() -> allocator.statistics().waiting() == 2);

        only.close();
        PortLease next = get(first);
        assertThat(second.isDone()).isFalse();
        connect(ALICE, next.port());
        get(next.accept());

        assertThat(get(second).port()).isEqualTo(only.port());
        assertThat(allocator.statistics().waiting()).isZero();
    }

    @Test
    void noMoreWaitThanAllowed() throws Exception {
        allocate(
                range(1).toBuilder().maxWait(Patience.LONG_ENOUGH).maxWaiting(1).build());
        lease(ALICE);
        Future<PortLease> waiting = request(ALICE);
        await().until(() -> allocator.statistics().waiting() == 1);

        assertThat(request(ALICE).await().cause()).isInstanceOf(PassivePortsExhaustedException.class);

        assertThat(waiting.isDone()).isFalse();
    }

    @Test
    void whoCancelsLeavesTheLine() throws Exception {
        allocate(range(1).toBuilder().maxWait(Patience.LONG_ENOUGH).build());
        PortLease only = lease(ALICE);
        Future<PortLease> impatient = request(ALICE);
        Future<PortLease> patient = request(ALICE);
        await().until(() -> allocator.statistics().waiting() == 2);

        impatient.cancel(false);
        await().until(() -> allocator.statistics().waiting() == 1);
        only.close();

        assertThat(get(patient).port()).isEqualTo(only.port());
    }

    @Test
    void aLeaseThatComesAfterTheSessionIsGoneIsGivenBack() throws Exception {
        allocate(range(1).toBuilder().maxWait(Duration.ZERO).build());

        Future<PortLease> request = request(ALICE);
        if (!request.cancel(false)) {
            request.getNow().close();
        }

        await().until(() -> allocator.statistics().leased() == 0);
        assertThat(get(request(ALICE)).port()).isPositive();
    }

    @Test
    void aPortHeldByAnotherProgramIsSkipped() throws Exception {
        PassivePorts ports = range(3);
        hold(ports.first());
        hold(ports.last());
        allocate(ports.toBuilder().maxWait(Duration.ZERO).build());

        assertThat(lease(ALICE).port()).isEqualTo(ports.first() + 1);
        assertThat(request(ALICE).await().cause()).isInstanceOf(PassivePortsExhaustedException.class);
        assertThat(allocator.statistics().free()).isZero();
    }

    @Test
    void aPortThatAnotherProgramLetsGoIsUsedAgain() throws Exception {
        PassivePorts ports = range(1);
        ServerSocket holder = hold(ports.first());
        allocate(ports.toBuilder().maxWait(Patience.LONG_ENOUGH).build());
        Future<PortLease> waiting = request(ALICE);
        await().until(() -> allocator.statistics().waiting() == 1);

        holder.close();
        clock.addAndGet(PortPool.TAKEN_NANOS);

        assertThat(get(waiting).port()).isEqualTo(ports.first());
    }

    @Test
    void anAbandonedPortIsNotGivenToTheSameAddressAgainForAWhile() throws Exception {
        allocate(range(2));
        PortLease abandoned = lease(ALICE);
        abandoned.close();
        for (int i = 0; i < 20; i++) {
            PortLease next = lease(ALICE);
            assertThat(next.port()).isNotEqualTo(abandoned.port());
            use(next, ALICE);
        }

        clock.addAndGet(PortPool.QUARANTINE_NANOS);

        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 200 && seen.size() < 2; i++) {
            PortLease next = lease(ALICE);
            seen.add(next.port());
            use(next, ALICE);
        }
        assertThat(seen).contains(abandoned.port());
    }

    @Test
    void aConnectionMeantForAnAbandonedLeaseNeverReachesTheNextOne() throws Exception {
        allocate(range(1));
        for (int i = 0; i < 50; i++) {
            PortLease abandoned = lease(ALICE);
            abandoned.close();
            Socket stale = connectInVain(ALICE, abandoned.port());
            PortLease next = lease(ALICE);
            Socket right = connect(ALICE, next.port());

            Channel data = get(next.accept());

            assertThat(((InetSocketAddress) data.remoteAddress()).getPort()).isEqualTo(right.getLocalPort());
            assertClosedByServer(stale);
        }
    }

    @Test
    void withoutTheAddressCheckAnyPeerIsServedAndPortsAreNotShared() throws Exception {
        allocate(range(1).toBuilder()
                .requireSamePeerAddress(false)
                .maxWait(Duration.ZERO)
                .build());
        PortLease lease = lease(ALICE);
        assertThat(request(BOB).await().cause()).isInstanceOf(PassivePortsExhaustedException.class);

        connect(BOB, lease.port());

        assertThat(get(lease.accept()).isActive()).isTrue();
    }

    @Test
    void aPortThatCannotBeOpenedAtAllIsRefusedAtOnceWithAReason() throws Exception {
        allocate(PassivePorts.any());
        InetAddress notOurs = address("192.0.2.1");

        Future<PortLease> refused = allocator
                .lease(new LeaseRequest(ALICE, notOurs, sessionLoop, "s", new ChannelInboundHandlerAdapter(), null))
                .await();

        assertThat(refused.cause()).isInstanceOf(PassivePortException.class);
        assertThat(allocator.statistics().refused()).isEqualTo(1);
    }

    @Test
    void listenersStayOpenForTheNextTransfersAndAreRetired() throws Exception {
        allocate(PassivePorts.any().toBuilder().idleListeners(64).build());
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            PortLease lease = lease(ALICE);
            ports.add(lease.port());
            use(lease, ALICE);
        }
        assertThat(ports).hasSize(64);
        assertThat(allocator.statistics().listening()).isEqualTo(64);

        clock.addAndGet(PortPool.IDLE_NANOS);

        await().until(() -> allocator.statistics().listening() == 0);
        assertThat(allocator.statistics().ports()).isEqualTo(65_535);
    }

    @Test
    void aListenerInUseIsRetiredByAgeAsWell() throws Exception {
        allocate(PassivePorts.any());
        PortLease lease = lease(ALICE);
        clock.addAndGet(PortPool.MAX_AGE_NANOS);
        use(lease, ALICE);

        await().until(() -> allocator.statistics().listening() == 0);
    }

    @Test
    void aListenerThatIsNeverIdleLeavesTheDrawAndClosesWithItsLastLease() throws Exception {
        allocate(PassivePorts.any());
        PortLease old = lease(ALICE);
        PortLease shared = lease(BOB);
        clock.addAndGet(PortPool.MAX_AGE_NANOS);
        await().until(() -> get(home.submit(() -> old.listener().isRetired())));

        use(old, ALICE);
        use(shared, BOB);

        await().until(() -> allocator.statistics().listening() == 0);
        assertThat(get(home.submit(() -> old.listener().channel().isOpen()))).isFalse();
    }

    @Test
    void whenAcceptingFailsTheListenerPausesAndGoesOn() throws Exception {
        allocate(PassivePorts.any());
        PortLease lease = lease(ALICE);
        Channel listening = lease.listener().channel();

        boolean accepting = get(home.submit(() -> {
            listening.pipeline().fireExceptionCaught(new IOException("too many open files"));
            return listening.config().isAutoRead();
        }));

        assertThat(accepting).isFalse();
        await().until(() -> listening.config().isAutoRead());
        connect(ALICE, lease.port());
        assertThat(get(lease.accept()).isActive()).isTrue();
    }

    @Test
    void anInitializerThatCannotBeAddedFailsTheLeaseAndClosesTheConnection() throws Exception {
        allocate(PassivePorts.any());
        ChannelInboundHandlerAdapter once = new ChannelInboundHandlerAdapter();
        PortLease first = get(allocator.lease(new LeaseRequest(ALICE, LOCAL, sessionLoop, "s", once, null)));
        connect(ALICE, first.port());
        get(first.accept());
        PortLease second = get(allocator.lease(new LeaseRequest(ALICE, LOCAL, sessionLoop, "s", once, null)));

        Socket socket = connect(ALICE, second.port());

        assertThat(second.accept().await().isSuccess()).isFalse();
        assertClosedByServer(socket);
    }

    @Test
    void aLongRangeHeldByAnotherProgramIsGivenUpAfterSomeTries() throws Exception {
        PassivePorts ports = range(80);
        for (int port = ports.first(); port <= ports.last(); port++) {
            hold(port);
        }
        allocate(ports);

        assertThat(request(ALICE).await().cause()).hasMessage("other programs hold the passive ports");
        assertThat(allocator.statistics().free()).isEqualTo(16);
    }

    @Test
    void withoutIdleListenersEachPortIsDrawnFromTheWholeRangeAndClosedAfterUse() throws Exception {
        PassivePorts ports = range(100);
        allocate(ports.toBuilder().idleListeners(0).build());
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            PortLease lease = lease(ALICE);
            assertThat(lease.port()).isBetween(ports.first(), ports.last());
            seen.add(lease.port());
            use(lease, ALICE);
        }
        // The expected number is 95.
        assertThat(seen.size()).isGreaterThan(80);
        await().until(() -> allocator.statistics().listening() == 0);
    }

    @Test
    void clientsOnIpv6AreToldApartToo() throws Exception {
        InetAddress six = address("::1");
        Assumptions.assumeTrue(canBind(six), "no IPv6 here");
        allocate(range(1));
        PortLease lease = get(allocator.lease(
                new LeaseRequest(six, six, sessionLoop, "s", new ChannelInboundHandlerAdapter(), null)));
        PortLease other = lease(ALICE);
        assertThat(other.port()).isEqualTo(lease.port());

        track(new Socket(six, lease.port()));

        assertThat(get(lease.accept()).isActive()).isTrue();
        assertThat(allocator.statistics().ports()).isEqualTo(2);
    }

    @Test
    void aHundredThousandLeasesWithoutATransferLeakNothing() throws Exception {
        allocate(PassivePorts.any().toBuilder().idleListeners(64).build());
        long before = descriptors();
        int done = 0;
        while (done < 100_000) {
            done += get(home.submit(() -> {
                int given = 0;
                for (int i = 0; i < 200; i++) {
                    Future<PortLease> lease = request(ALICE, home);
                    if (lease.isSuccess()) {
                        lease.getNow().close();
                        given++;
                    } else {
                        lease.cancel(false);
                    }
                }
                return given;
            }));
            // Selectors close a socket in their loop's next turn, and a loop with many tasks takes some time until
            // then.
            if (descriptors() >= before + 3_000) {
                await().untilAsserted(() -> assertThat(descriptors()).isLessThan(before + 1_000));
            }
        }
        assertThat(allocator.statistics().granted()).isGreaterThanOrEqualTo(100_000);
        clock.addAndGet(PortPool.IDLE_NANOS);
        await().untilAsserted(() -> {
            assertThat(allocator.statistics().leased()).isZero();
            assertThat(allocator.statistics().listening()).isZero();
            assertThat(descriptors()).isLessThan(before + 20);
        });
    }

    @Test
    void manyLoopsLeasingConnectingAndLeavingEndWithNothingLeased() throws Exception {
        PassivePorts ports = range(8);
        allocate(ports.toBuilder().maxWait(Duration.ofMillis(200)).build());
        AtomicInteger served = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> users = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            EventLoop loop = loops.next();
            Random random = new Random(n);
            Thread user = new Thread(() -> {
                for (int i = 0; i < 300; i++) {
                    try {
                        oneRandomUse(random, loop, served, wrong);
                    } catch (Exception e) {
                        wrong.incrementAndGet();
                        throw new IllegalStateException(e);
                    }
                }
            });
            users.add(user);
            user.start();
        }
        for (Thread user : users) {
            user.join();
        }
        assertThat(wrong).hasValue(0);
        assertThat(served.get()).isGreaterThan(500);
        await().untilAsserted(() -> {
            assertThat(allocator.statistics().leased()).isZero();
            assertThat(allocator.statistics().waiting()).isZero();
            assertThat(allocator.statistics().free()).isEqualTo(8);
        });
    }

    @Test
    void shutdownFailsWhoWaitsAndFreesThePorts() throws Exception {
        PassivePorts ports = range(1);
        allocate(ports.toBuilder().maxWait(Patience.LONG_ENOUGH).build());
        PortLease lease = lease(ALICE);
        Future<PortLease> waiting = request(ALICE);
        await().until(() -> allocator.statistics().waiting() == 1);

        get(allocator.shutdown());

        assertThat(lease.accept().await().cause()).isInstanceOf(PassivePortException.class);
        assertThat(waiting.await().cause()).hasMessage("the server is shutting down");
        assertThat(request(ALICE).await().cause()).hasMessage("the server is shutting down");
        assertThat(allocator.statistics().leased()).isZero();
        assertThat(allocator.statistics().listening()).isZero();
        assertThat(allocator.statistics().waiting()).isZero();
        lease.close();
        hold(ports.first());
        get(allocator.shutdown());
    }

    @Test
    void connectionsThatWereAcceptedOutliveTheShutdown() throws Exception {
        allocate(PassivePorts.any());
        PortLease lease = lease(ALICE);
        connect(ALICE, lease.port());
        Channel data = get(lease.accept());

        get(allocator.shutdown());

        assertThat(data.isActive()).isTrue();
    }

    @SuppressWarnings("try") // sockets are there to be connected
    private void oneRandomUse(Random random, EventLoop loop, AtomicInteger served, AtomicInteger wrong)
            throws Exception {
        InetAddress client = address("127.0.1." + (1 + random.nextInt(3)));
        Future<PortLease> request = request(client, loop);
        if (random.nextInt(10) == 0 && request.cancel(false)) {
            return;
        }
        if (!request.await().isSuccess()) {
            return;
        }
        try (PortLease lease = request.getNow()) {
            switch (random.nextInt(4)) {
                case 0 -> {}
                case 1 -> {
                    // Leaves while the connection may be on its way.
                    try (Socket socket = dial(client, lease.port())) {
                        lease.close();
                        lease.accept().await();
                        if (lease.accept().isSuccess()) {
                            lease.accept().getNow().close().sync();
                        }
                    }
                }
                default -> {
                    try (Socket stranger = dialInVain(BOB, lease.port());
                            Socket socket = dial(client, lease.port())) {
                        Channel data = get(lease.accept());
                        InetSocketAddress peer = (InetSocketAddress) data.remoteAddress();
                        if (!peer.getAddress().equals(client) || data.eventLoop() != loop) {
                            wrong.incrementAndGet();
                        }
                        served.incrementAndGet();
                        data.close().sync();
                    }
                }
            }
        }
    }

    /** One who knows its connections by their first octet, from some other thread. */
    private static DataClaim claimOf(String own) {
        return said -> CompletableFuture.supplyAsync(() -> said[0] == own.charAt(0)
                ? DataClaim.Verdict.OWN
                : said[0] == '?' ? DataClaim.Verdict.INCOMPLETE : DataClaim.Verdict.FOREIGN);
    }

    /** Such a lease may see more than one connection. */
    private PortLease claimed(EventLoop loop, String own) throws Exception {
        ChannelHandler nothing = new ChannelInboundHandlerAdapter() {
            @Override
            public boolean isSharable() {
                return true;
            }
        };
        return get(allocator.lease(new LeaseRequest(ALICE, LOCAL, loop, own, nothing, claimOf(own))));
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads what is said on a lease's connection, from the turn of the loop on in which it is there, and waits until it is so much. */
    private static String heard(PortLease lease, int octets) throws Exception {
        AtomicReference<String> heard = new AtomicReference<>("");
        // on its loop, as sessions do: elsewhere the listener would come a turn late, behind what epoll reads of its
        // own accord
        get(get(lease.request()
                .sessionLoop()
                .submit(() -> lease.accept().addListener((Future<Channel> accepted) -> {
                    accepted.getNow().pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext context, ByteBuf more) {
                            heard.accumulateAndGet(more.toString(StandardCharsets.US_ASCII), String::concat);
                        }
                    });
                    accepted.getNow().config().setAutoRead(true);
                }))));
        await().until(() -> heard.get().length() >= octets);
        return heard.get();
    }

    @Test
    void sessionsOfOneAddressShareTheLastPortAndGetWhatSaysItIsTheirs() throws Exception {
        allocate(range(1));
        EventLoop other = loops.next();
        PortLease a = claimed(sessionLoop, "a");
        PortLease b = claimed(other, "b");
        PortLease c = claimed(home, "c");
        assertThat(List.of(b.port(), c.port())).containsOnly(a.port());
        assertThat(allocator.statistics().leased()).isEqualTo(3);

        Socket ofC = connect(ALICE, c.port());
        Socket ofB = connect(ALICE, c.port());
        Socket ofA = connect(ALICE, c.port());
        say(ofA, "a, and more");
        assertThat(heard(a, 11)).isEqualTo("a, and more");
        say(ofB, "b");
        await().until(() -> b.toString().endsWith("TAKEN]"));
        say(ofB, "eats all");
        assertThat(heard(b, 9)).isEqualTo("beats all");
        say(ofC, "c, too");
        assertThat(heard(c, 6)).isEqualTo("c, too");
        assertThat(get(a.accept()).eventLoop()).isSameAs(sessionLoop);
        assertThat(get(b.accept()).eventLoop()).isSameAs(other);
        assertThat(get(c.accept()).eventLoop()).isSameAs(home);
        assertThat(allocator.statistics().leased()).isEqualTo(3);
        List.of(a, b, c).forEach(PortLease::confirm);
        await().until(() -> allocator.statistics().leased() == 0);
        assertThat(allocator.statistics().strangers()).isZero();
    }

    @Test
    void whatTheClientSaidAndItsEndComeInTheirOrderThoughNobodyHasAskedYet() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        PortLease b = claimed(sessionLoop, "b");
        Socket socket = connect(ALICE, a.port());
        say(socket, "b1");
        await().until(() -> b.toString().endsWith("TAKEN]"));
        say(socket, "23");
        socket.close();
        assertThat(heard(b, 4)).isEqualTo("b123");
        get(get(b.accept()).closeFuture());
    }

    @Test
    void whoCannotBeToldFromOthersSharesNothing() throws Exception {
        allocate(range(1).toBuilder().maxWait(Duration.ZERO).build());
        PortLease alone = lease(ALICE);
        ChannelInboundHandlerAdapter nothing = new ChannelInboundHandlerAdapter();
        assertThat(allocator
                        .lease(new LeaseRequest(ALICE, LOCAL, sessionLoop, "a", nothing, claimOf("a")))
                        .await()
                        .cause())
                .isInstanceOf(PassivePortsExhaustedException.class);
        alone.close();
        await().until(() -> allocator.statistics().leased() == 0);
        claimed(sessionLoop, "a");
        assertThat(request(ALICE).await().cause()).isInstanceOf(PassivePortsExhaustedException.class);
    }

    @Test
    void aPortIsSharedByAFewOnlyAndTheNextOneWaitsForThem() throws Exception {
        allocate(range(1));
        List<PortLease> leases = new ArrayList<>();
        for (int i = 0; i < PortGroup.MAX_LEASES; i++) {
            leases.add(claimed(sessionLoop, Integer.toString(i)));
        }
        ChannelInboundHandlerAdapter nothing = new ChannelInboundHandlerAdapter();
        Future<PortLease> more =
                allocator.lease(new LeaseRequest(ALICE, LOCAL, sessionLoop, "x", nothing, claimOf("x")));
        await().until(() -> allocator.statistics().waiting() == 1);
        leases.get(3).close();
        assertThat(get(more).port()).isEqualTo(leases.get(0).port());
    }

    @Test
    void aPortThatIsFreeIsNotShared() throws Exception {
        allocate(range(2));
        assertThat(claimed(sessionLoop, "a").port())
                .isNotEqualTo(claimed(sessionLoop, "b").port());
    }

    @Test
    void connectionsThatAreNobodysAreClosedAndCostNoLease() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        PortLease b = claimed(sessionLoop, "b");
        for (int i = 0; i < 20; i++) {
            Socket thief = connectInVain(ALICE, a.port());
            say(thief, "thief");
            assertClosedByServer(thief);
        }
        assertThat(allocator.statistics().strangers()).isEqualTo(20);
        say(connect(ALICE, a.port()), "a");
        assertThat(heard(a, 1)).isEqualTo("a");
        a.confirm();
        await().until(() -> allocator.statistics().leased() == 1);
        // also from the one who is left over
        Socket late = connect(ALICE, a.port());
        say(late, "a");
        assertClosedByServer(late);
        say(connect(ALICE, a.port()), "b");
        assertThat(heard(b, 1)).isEqualTo("b");
    }

    @Test
    void thoseWhoKeepSilentArePushedOutByThoseWhoComeLater() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        claimed(sessionLoop, "b");
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < Lobby.MAX_GUESTS; i++) {
            silent.add(connect(ALICE, a.port()));
        }
        say(connect(ALICE, a.port()), "a");
        assertThat(heard(a, 1)).isEqualTo("a");
        assertClosedByServer(silent.get(0));
        assertThat(allocator.statistics().strangers()).isEqualTo(1);
    }

    @Test
    void whoNeverComesToAPointIsClosed() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        claimed(sessionLoop, "b");
        Socket talker = connect(ALICE, a.port());
        say(talker, "?".repeat(Guest.MAX_SAID));
        assertClosedByServer(talker);
    }

    @Test
    void whoIsStillUndecidedWhenTheLastLeaseEndsIsClosed() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        PortLease b = claimed(sessionLoop, "b");
        Socket silent = connect(ALICE, a.port());
        Socket undecided = connect(ALICE, a.port());
        say(undecided, "?");
        a.close();
        b.close();
        assertClosedByServer(silent);
        assertClosedByServer(undecided);
    }

    @Test
    void shuttingDownClosesTheUndecidedToo() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        claimed(sessionLoop, "b");
        Socket silent = connect(ALICE, a.port());
        get(allocator.shutdown());
        assertClosedByServer(silent);
    }

    // --- a session that can tell its connections has a port alone

    @Test
    void aLeaseThatCanTellItsConnectionEndsWhenThatIsConfirmed() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        connect(ALICE, a.port());
        get(a.accept());
        assertThat(allocator.statistics().leased()).isEqualTo(1);
        a.confirm();
        await().until(() -> allocator.statistics().leased() == 0);
        // from then on it is nothing more than an old lease
        a.confirm();
        a.close();
        assertThat(onLoop(a::acceptNext)).isEmpty();
        assertThat(allocator.statistics().leased()).isZero();
    }

    @Test
    void whoComesWhileAFasterOneIsJudgedIsNextIfThatWasWrong() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        Socket thief = connect(ALICE, a.port());
        Channel wrong = get(a.accept());
        Socket right = connect(ALICE, a.port());
        say(right, "a, and more");
        // it is undecided as long as the first one is
        say(connect(ALICE, a.port()), "?");
        Future<Channel> next = onLoop(a::acceptNext).orElseThrow();
        wrong.close();
        assertThat(((InetSocketAddress) get(next).remoteAddress()).getPort()).isEqualTo(right.getLocalPort());
        assertThat(heard(a, 11)).isEqualTo("a, and more");
        assertClosedByServer(thief);
        assertThat(allocator.statistics().leased()).isEqualTo(1);
        a.confirm();
        await().until(() -> allocator.statistics().leased() == 0);
    }

    @Test
    void whoComesWhileTheRightOneIsJudgedIsClosedThen() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        connect(ALICE, a.port());
        Channel right = get(a.accept());
        Socket silent = connect(ALICE, a.port());
        Socket late = connect(ALICE, a.port());
        say(late, "a");
        a.confirm();
        assertClosedByServer(silent);
        assertClosedByServer(late);
        assertThat(right.isOpen()).isTrue();
    }

    @Test
    void behindOneThatWasRefusedOnlyThoseComeThatSayWhoseTheyAre() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        connect(ALICE, a.port());
        get(a.accept()).close();
        Future<Channel> next = onLoop(a::acceptNext).orElseThrow();
        for (int i = 0; i < 2 * PortLease.MAX_REFUSALS; i++) {
            Socket thief = connectInVain(ALICE, a.port());
            say(thief, "thief");
            assertClosedByServer(thief);
        }
        assertThat(next.isDone()).isFalse();
        Socket right = connect(ALICE, a.port());
        say(right, "a");
        assertThat(((InetSocketAddress) get(next).remoteAddress()).getPort()).isEqualTo(right.getLocalPort());
    }

    @Test
    void aLeaseIsGivenUpWhenTooManyWereWrong() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        connect(ALICE, a.port());
        Channel wrong = get(a.accept());
        for (int i = 0; i < PortLease.MAX_REFUSALS; i++) {
            Future<Channel> next = onLoop(a::acceptNext).orElseThrow();
            wrong.close();
            say(connect(ALICE, a.port()), "a");
            wrong = get(next);
        }
        assertThat(onLoop(a::acceptNext)).isEmpty();
        a.close();
        await().until(() -> allocator.statistics().leased() == 0);
    }

    @Test
    void aLeaseThatIsClosedWhileItsConnectionIsJudgedIsGivenBack() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        Socket unasked = connect(ALICE, a.port());
        Socket waiting = connect(ALICE, a.port());
        say(waiting, "a");
        a.close();
        assertClosedByServer(unasked);
        assertClosedByServer(waiting);
        await().until(() -> allocator.statistics().leased() == 0);
        assertThat(a.accept().isCancelled()).isTrue();
    }

    @Test
    void aNextConnectionIsNotWaitedForWhenPortsShutDown() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        connect(ALICE, a.port());
        get(a.accept()).close();
        Future<Channel> next = onLoop(a::acceptNext).orElseThrow();
        get(allocator.shutdown());
        assertThat(next.await().cause()).isInstanceOf(PassivePortException.class);
        assertThat(onLoop(a::acceptNext)).isEmpty();
    }

    @Test
    void othersShareThePortOfOneWhoseConnectionIsJudged() throws Exception {
        allocate(range(1));
        PortLease a = claimed(sessionLoop, "a");
        connect(ALICE, a.port());
        get(a.accept());
        PortLease b = claimed(sessionLoop, "b");
        say(connect(ALICE, b.port()), "b");
        assertThat(heard(b, 1)).isEqualTo("b");
        b.confirm();
        await().until(() -> allocator.statistics().leased() == 1);
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        return get(sessionLoop.submit(task));
    }

    private void allocateInTwoParts(PassivePorts ports) {
        allocator = new PassivePortAllocator(ports, List.of(home, sessionLoop), channels(), clock::get, new Random(7));
    }

    private void allocate(PassivePorts ports) {
        allocator = new PassivePortAllocator(ports, List.of(home), channels(), clock::get, new Random(7));
    }

    private PortLease lease(InetAddress client) throws Exception {
        return get(request(client));
    }

    private Future<PortLease> request(InetAddress client) {
        return request(client, sessionLoop);
    }

    private Future<PortLease> request(InetAddress client, EventLoop loop) {
        return allocator.lease(new LeaseRequest(client, LOCAL, loop, "test", new ChannelInboundHandlerAdapter(), null));
    }

    @SuppressWarnings("try")
    private void use(PortLease lease, InetAddress client) throws Exception {
        try (Socket socket = dial(client, lease.port())) {
            get(lease.accept()).close().sync();
        }
    }

    private Socket connect(InetAddress from, int port) throws IOException {
        return track(dial(from, port));
    }

    private Socket connectInVain(InetAddress from, int port) throws IOException {
        return track(dialInVain(from, port));
    }

    /** Connects where nobody waits for it. The server resets it, and that can be sooner than it has got round to being connected. */
    private static Socket dialInVain(InetAddress from, int port) throws IOException {
        try {
            return dial(from, port);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
            return new Socket();
        }
    }

    private static Socket dial(InetAddress from, int port) throws IOException {
        return new Socket(LOCAL, port, from, 0);
    }

    private ServerSocket hold(int port) throws IOException {
        return track(new ServerSocket(port, 1, LOCAL));
    }

    private <T extends AutoCloseable> T track(T resource) {
        opened.add(resource);
        return resource;
    }

    private static void assertClosedByServer(Socket socket) throws IOException {
        if (!socket.isConnected()) {
            return;
        }
        socket.setSoTimeout(Patience.MILLIS);
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private static <T> T get(java.util.concurrent.Future<T> future) throws Exception {
        return future.get(Patience.MILLIS, TimeUnit.MILLISECONDS);
    }

    private static PassivePorts range(int size) throws IOException {
        int first = FreePorts.inARow(size);
        return PassivePorts.range(first, first + size - 1);
    }

    private static boolean canBind(InetAddress address) {
        try (ServerSocket probe = new ServerSocket(0, 1, address)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static long descriptors() throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return 0;
        }
        try (Stream<Path> list = Files.list(open)) {
            return list.count();
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
