package example.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Spring Boot, with its embedded Tomcat. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Server {
  /** Serves until the process ends, and gives the port. */
  static int start(Setup setup, int maxHeaderSize) {
    var application = new SpringApplication(Server.class);
    application.addInitializers(
        context -> {
          var beans = (GenericApplicationContext) context;
          beans.registerBean(Setup.class, () -> setup);
          List<CorsConfigurationSource> sources = setup.sources();
          for (int index = 0; index < sources.size(); index++) {
            FilterRegistrationBean<CorsFilter> filter = filter(sources.get(index), index);
            beans.registerBean("cors" + index, FilterRegistrationBean.class, () -> filter);
          }
        });
    application.setDefaultProperties(properties(maxHeaderSize));
    var context = (ServletWebServerApplicationContext) application.run();
    return context.getWebServer().getPort();
  }

  /** In front of every other filter, as the documentation asks. */
  private static FilterRegistrationBean<CorsFilter> filter(
      CorsConfigurationSource source, int index) {
    var registration = new FilterRegistrationBean<>(new CorsFilter(source));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + index);
    return registration;
  }

  private static Map<String, Object> properties(int maxHeaderSize) {
    Map<String, Object> properties =
        new HashMap<>(
            Map.of(
                "server.address", "127.0.0.1",
                "server.port", "0",
                // As the application gives it, where Spring Boot would have Tomcat add its own address.
                "server.tomcat.use-relative-redirects", "true",
                "spring.main.banner-mode", "off",
                "spring.main.register-shutdown-hook", "false",
                "logging.level.root", "off"));
    if (maxHeaderSize > 0) {
      properties.put("server.max-http-request-header-size", maxHeaderSize + "B");
    }
    return properties;
  }

  /** After Spring Boot's own controller, which replies to errors. */
  @Bean
  SimpleUrlHandlerMapping routes(Setup setup) {
    return new SimpleUrlHandlerMapping(Routes.under(setup.policyNames()), 1);
  }

  /** Tomcat takes no more than 100 lines of a head otherwise, whatever their size. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> anyNumberOfLines() {
    return factory ->
        factory.addConnectorCustomizers(
            connector -> connector.setProperty("maxHeaderCount", "-1"));
  }
}
