package io.portolan.ftp.server.internal.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.portolan.ftp.server.PublicAddress;
import io.portolan.testing.Patience;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DnsPublicAddressTest {

    private static final InetAddress ANY = InetAddress.getLoopbackAddress();

    private final AtomicReference<String[]> zone = new AtomicReference<>(new String[0]);
    private final DnsPublicAddress address =
            new DnsPublicAddress("ftp.example.org", Duration.ofSeconds(30), name -> lookUp());

    @Test
    void nothingIsAnnouncedBeforeTheNameWasFound() {
        assertThat(address.announce(ANY, ANY)).isEmpty();
        address.refresh();
        assertThat(address.announce(ANY, ANY)).isEmpty();
    }

    @Test
    void theFirstIpv4AddressIsAnnouncedAndChangesWithTheName() {
        zone.set(new String[] {"2001:db8::1", "203.0.113.7", "203.0.113.8"});
        address.refresh();
        assertThat(announced()).contains("203.0.113.7");

        zone.set(new String[] {"203.0.113.9"});
        address.refresh();
        assertThat(announced()).contains("203.0.113.9");
    }

    @Test
    void aFailedLookUpKeepsTheLastAddress() {
        zone.set(new String[] {"203.0.113.7"});
        address.refresh();

        zone.set(new String[0]);
        address.refresh();
        assertThat(announced()).contains("203.0.113.7");
        zone.set(new String[] {"2001:db8::1"});
        address.refresh();
        assertThat(announced()).contains("203.0.113.7");
    }

    @Test
    void emptyNamesAndTooShortTimesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicAddress.dnsName(" ", Duration.ofSeconds(5)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicAddress.dnsName("ftp.example.org", Duration.ofMillis(999)));
    }

    @Test
    void theRefresherAsksAtOnceAndAgainAlsoAfterAFailure() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        PublicAddress failing = new PublicAddress() {
            @Override
            public Optional<Inet4Address> announce(InetAddress reached, InetAddress client) {
                return Optional.empty();
            }

            @Override
            public void refresh() {
                twice.countDown();
                throw new IllegalStateException("the code of others");
            }

            @Override
            public Optional<Duration> refreshInterval() {
                return Optional.of(Duration.ofMillis(1));
            }
        };
        EventExecutor timer = new DefaultEventExecutor();
        try (PublicAddressRefresher refresher = new PublicAddressRefresher(failing, timer, Runnable::run)) {
            refresher.start().get(Patience.MILLIS, TimeUnit.MILLISECONDS);
            assertThat(twice.getCount()).isLessThanOrEqualTo(1);
            assertThat(twice.await(Patience.MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        } finally {
            timer.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void aClosedRefresherAsksNoMore() throws Exception {
        EventExecutor timer = new DefaultEventExecutor();
        PublicAddressRefresher refresher = new PublicAddressRefresher(address, timer, Runnable::run);
        refresher.start().get(Patience.MILLIS, TimeUnit.MILLISECONDS);

        refresher.close();

        zone.set(new String[] {"203.0.113.7"});
        refresher.start().get(Patience.MILLIS, TimeUnit.MILLISECONDS);
        assertThat(announced()).isEmpty();
        timer.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private Optional<String> announced() {
        return address.announce(ANY, ANY).map(InetAddress::getHostAddress);
    }

    private InetAddress[] lookUp() throws UnknownHostException {
        String[] literals = zone.get();
        if (literals.length == 0) {
            throw new UnknownHostException("ftp.example.org");
        }
        InetAddress[] found = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            found[i] = InetAddress.getByName(literals[i]);
        }
        return found;
    }
}
