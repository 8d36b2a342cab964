package csp.platform.webhook;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are those of hosts on the open internet. All others may be hosts of whoever runs the service, which no partner may
 * have it call.
 */
final class PublicAddress {

    /** What is set aside by the registries of special-purpose addresses (RFC 6890), and the metadata host of one cloud that is not. */
    private static final List<Block> SET_ASIDE = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(Block::of)
            .toList();

    /** Addresses of IPv6 that stand for one of IPv4, and at which byte they have it. */
    private static final Block MAPPED = Block.of("::ffff:0:0/96");

    private static final Block TRANSLATED = Block.of("64:ff9b::/96");
    private static final Block SIX_TO_FOUR = Block.of("2002::/16");

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        return is(address.getAddress());
    }

    private static boolean is(byte[] address) {
        if (MAPPED.holds(address) || TRANSLATED.holds(address)) {
            return is(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.holds(address)) {
            return is(Arrays.copyOfRange(address, 2, 6));
        }
        return SET_ASIDE.stream().noneMatch(block -> block.holds(address));
    }

    /** All addresses that begin alike. */
    private record Block(byte[] first, int bits) {

        static Block of(String notation) {
            var parts = notation.split("/");
            return new Block(bytes(parts[0]), Integer.parseInt(parts[1]));
        }

        boolean holds(byte[] address) {
            var shift = first.length * Byte.SIZE - bits;
            return address.length == first.length
                    && new BigInteger(1, address).shiftRight(shift).equals(new BigInteger(1, first).shiftRight(shift));
        }

        /** An address in digits; the library turns a mapped one into that of IPv4. */
        private static byte[] bytes(String text) {
            try {
                var bytes = InetAddress.getByName(text).getAddress();
                return text.startsWith("::ffff:") ? mapped(bytes) : bytes;
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }

        private static byte[] mapped(byte[] four) {
            var sixteen = new byte[16];
            sixteen[10] = (byte) 0xff;
            sixteen[11] = (byte) 0xff;
            System.arraycopy(four, 0, sixteen, 12, four.length);
            return sixteen;
        }
    }
}
