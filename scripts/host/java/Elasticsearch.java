import java.util.List;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.transport.Netty4Plugin;

/** A cluster of one node that takes requests over HTTP: its folder, then the ports of HTTP and of its own. */
class Elasticsearch extends Node {
  private Elasticsearch(Settings settings) {
    super(new Environment(settings, null), List.of(Netty4Plugin.class), false);
  }

  public static void main(String[] args) throws Exception {
    Settings settings = Settings.builder()
      .put("path.home", args[0])
      .put("http.port", args[1])
      .put("transport.port", args[2])
      .put("network.host", "127.0.0.1")
      .put("cluster.name", "penstock")
      .put("node.name", "one")
      .put("discovery.type", "single-node")
      .put("http.type", "netty4")
      .put("transport.type", "netty4")
      .build();
    new Elasticsearch(settings).start();
    Thread.currentThread().join();
  }
}
