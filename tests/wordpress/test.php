<?php
/**
 * The plug-in under WordPress's function names (stubs.php): what it prints where, what it keeps, what it escapes.
 * Prints a line a test, as tests/run counts them. Run by tests/system/wordpress.mjs.
 */

error_reporting( E_ALL );
set_error_handler( static function ( $level, $text, $file, $line ) { throw new ErrorException( $text, 0, $level, $file, $line ); } );

require __DIR__ . '/stubs.php';
$plugin = dirname( __DIR__, 2 ) . '/wordpress/sportello';
require $plugin . '/sportello.php';
$hooks = array( 'actions' => $world['actions'], 'filters' => $world['filters'] );

/** A test in a fresh world with the plug-in's hooks. */
function test( $what, $work ) {
	global $world, $hooks;
	fresh_world();
	$world = array_merge( $world, $hooks );
	try {
		$work();
		echo "ok - wordpress: $what\n";
	} catch ( Throwable $error ) {
		echo "not ok - wordpress: $what\n    " . str_replace( "\n", "\n    ", $error->getMessage() . "\n" . $error->getFile() . ':' . $error->getLine() ) . "\n";
	}
}
function same( $got, $wanted, $what = '' ) {
	if ( $got !== $wanted ) throw new Exception( "$what: got " . var_export( $got, true ) . ', wanted ' . var_export( $wanted, true ) );
}
function holds( $holds, $what ) {
	if ( ! $holds ) throw new Exception( $what );
}
/** What the foot of a page says. */
function foot() {
	ob_start();
	do_action( 'wp_footer' );
	return ob_get_clean();
}
/** What is kept, over what is kept by default. */
function keep( $options ) {
	global $world;
	$world['options']['sportello'] = array_merge( array( 'server' => 'https://chat.example.com' ), $options );
}

test( 'without a server nothing is printed, whatever the database says', static function () {
	global $world;
	same( foot(), '' );
	foreach ( array( 'nonsense', 5, null, array( 'server' => array() ), array( 'server' => 'javascript:alert(1)' ) ) as $kept ) {
		$world['options']['sportello'] = $kept;
		same( foot(), '' );
	}
} );

test( 'the tag has the server, the language of the page and what was chosen', static function () {
	keep( array() );
	same( foot(), "<script type=\"module\" src=\"https://chat.example.com/sportello.js\"></script>\n<sportello-chat lang=\"it\"></sportello-chat>\n" );
	keep( array( 'server' => 'http://127.0.0.1:8080/chat/', 'avatar' => 'leo', 'accent' => '#1B6F8A', 'position' => 'start', 'contact' => 'info@example.com' ) );
	same( foot(), "<script type=\"module\" src=\"http://127.0.0.1:8080/chat/sportello.js\"></script>\n<sportello-chat lang=\"it\" avatar=\"leo\" accent=\"#1b6f8a\" position=\"start\" contact=\"info@example.com\"></sportello-chat>\n" );
} );

test( 'the language is that of <html lang>, else of the site', static function () {
	global $world;
	foreach ( array( array( 'en-US', 'it_IT', 'en' ), array( 'de-DE-formal', 'it_IT', 'de' ), array( '', 'it_IT', 'it' ), array( '', 'en', 'en' ), array( '', 'ckb', '' ) ) as list( $lang, $locale, $wanted ) ) {
		$world['lang']   = $lang;
		$world['locale'] = $locale;
		same( sportello_language(), $wanted, "$lang $locale" );
	}
} );

test( 'it is on the pages that were chosen', static function () {
	global $world;
	$cases = array(
		// where, page, singular, front → there
		array( 'everywhere', 3, true, false, true ),
		array( 'front', 3, true, false, false ),
		array( 'front', 3, true, true, true ),
		array( 'pages', 3, true, false, true ),
		array( 'pages', 4, true, false, false ),
		array( 'pages', 3, false, false, false ), // a category of that number
		array( 'except', 3, true, false, false ),
		array( 'except', 4, true, false, true ),
	);
	foreach ( $cases as list( $where, $page, $singular, $front, $there ) ) {
		keep( array( 'where' => $where, 'pages' => array( 3, 5 ) ) );
		list( $world['object'], $world['singular'], $world['front'] ) = array( $page, $singular, $front );
		same( foot() !== '', $there, "$where $page" );
	}
	keep( array() );
	$world['feed'] = true;
	same( foot(), '', 'a feed' );
} );

test( 'nothing that was kept breaks out of its place', static function () {
	$evil = '"><script>alert(1)</script>\' onload=x &amp; <';
	keep( array( 'server' => 'https://chat.example.com/' . $evil ) );
	same( foot(), '' );
	foreach ( array( 'https://u:p@h.example', 'https://h.example/?q', 'https://h.example/#x', 'ftp://h.example', '//h.example', 'https://', 'https://h.example/a b', 'https://h.example/' . str_repeat( 'a', 600 ) ) as $server ) same( sportello_clean_server( $server ), '', $server );
	keep( array( 'avatar' => $evil, 'accent' => $evil, 'position' => $evil, 'where' => $evil, 'contact' => $evil, 'more' => $evil ) );
	$foot = foot();
	same( substr_count( $foot, '<' ), 4, $foot );
	holds( strpos( $foot, 'alert' ) === false || strpos( $foot, 'contact="&quot;&gt;' ) !== false, $foot );
	same( preg_match( '/^<sportello-chat( [a-z-]+="[^"<>]*")*><\/sportello-chat>$/m', $foot ), 1, $foot );
} );

test( 'filters may add attributes, but no handlers and no markup', static function () {
	global $world;
	keep( array() );
	$world['filters']['sportello_attributes'] = array( static function ( $is ) { return array( 'theme' => 'dark', 'onclick' => 'x', 'a b' => 'c', 'identity' => '"<' ) + $is; } );
	holds( strpos( foot(), '<sportello-chat theme="dark" identity="&quot;&lt;" lang="it">' ) !== false, foot() );
	$world['filters']['sportello_is_here'] = array( static function () { return false; } );
	same( foot(), '' );
} );

test( 'the form keeps what makes sense, and says what does not', static function () {
	global $world;
	do_action( 'admin_init' );
	save_form( 'sportello', array( 'server' => ' https://chat.example.com/ ', 'where' => 'pages', 'pages' => array( '3', '5', '3', 'x', '-7' ), 'avatar' => 'segno', 'accent' => '#ABCDEF', 'position' => 'start', 'contact' => "a\n<b>c</b>" ) );
	same( $world['options']['sportello'], array( 'server' => 'https://chat.example.com', 'where' => 'pages', 'pages' => array( 3, 5, 7 ), 'avatar' => 'segno', 'accent' => '#abcdef', 'position' => 'start', 'contact' => 'a c' ) );
	same( $world['errors'], array() );
	save_form( 'sportello', array( 'server' => 'chat.example.com', 'accent' => 'red', 'pages' => 'nothing' ) );
	same( $world['options']['sportello']['server'], 'https://chat.example.com', 'the address that was there stays' );
	same( array_keys( $world['errors'] ), array( 'server', 'accent' ) );
	foreach ( array( null, 'x', array( 'server' => array( 'x' ), 'pages' => array( array() ), 'contact' => array() ) ) as $given ) save_form( 'sportello', $given );
	save_form( 'sportello', array( 'server' => '' ) );
	same( $world['options']['sportello']['server'], '', 'and may be taken away' );
} );

test( 'the settings page shows what is kept, escaped, with a label for each field, to who manages options alone', static function () {
	global $world;
	$world['pages'] = array( 3 => 'Contatti', 5 => '<script>alert(1)</script>' );
	keep( array( 'where' => 'pages', 'pages' => array( 3, 7, 9 ), 'contact' => 'Via "Roma" & <x>' ) );
	do_action( 'admin_menu' );
	do_action( 'admin_init' );
	same( array( $world['page']['may'], $world['page']['slug'] ), array( 'manage_options', 'sportello' ) );
	ob_start();
	call_user_func( $world['page']['show'] );
	$page = ob_get_clean();
	holds( strpos( $page, '<script' ) === false && strpos( $page, '<b>' ) === false && strpos( $page, '<x>' ) === false, $page );
	holds( strpos( $page, "<option value=\"3\" selected='selected'>Contatti</option>" ) !== false, $page );
	holds( strpos( $page, '>Un &lt;b&gt;articolo' ) !== false && strpos( $page, "<option value=\"9\" selected='selected'>#9" ) !== false, $page );
	preg_match_all( '/<label for="([^"]+)"/', $page, $labels );
	preg_match_all( '/<(?:input type="(?:url|text)"|select) id="([^"]+)"/', $page, $fields );
	same( $fields[1], $labels[1] );
	holds( strpos( $page, 'Indirizzo del server' ) !== false, 'Italian for Italians' );
	$world['manages'] = false;
	ob_start();
	call_user_func( $world['page']['show'] );
	same( ob_get_clean(), '' );
	$links = apply_filters( 'plugin_action_links_sportello/sportello.php', array( 'x' ) );
	holds( strpos( $links[0], 'options-general.php?page=sportello' ) !== false && $links[1] === 'x', 'the link in the list of plug-ins' );
} );

test( 'every word of the settings page has its Italian, and none too many', static function () use ( $plugin ) {
	$words = array();
	foreach ( glob( "$plugin/{,includes/}*.php", GLOB_BRACE ) as $file ) {
		preg_match_all( "/(?:__|esc_html__)\( '([^']+)', 'sportello' \)/", file_get_contents( $file ), $found );
		$words = array_merge( $words, $found[1] );
	}
	$words = array_values( array_unique( $words ) );
	$known = array_keys( require "$plugin/includes/words-it.php" );
	same( array_values( array_diff( $words, $known ) ), array(), 'without Italian' );
	same( array_values( array_diff( $known, $words ) ), array(), 'not used' );
} );

test( 'it asks nothing of any server and runs nothing by name', static function () use ( $plugin ) {
	foreach ( glob( "$plugin/{,includes/}*.php", GLOB_BRACE ) as $file ) {
		$code = implode( '', array_map( static function ( $token ) { return is_array( $token ) ? ( in_array( $token[0], array( T_COMMENT, T_DOC_COMMENT, T_CONSTANT_ENCAPSED_STRING ), true ) ? '' : $token[1] ) : $token; }, token_get_all( file_get_contents( $file ) ) ) );
		same( preg_match( '/\b(wp_remote_\w+|curl_\w+|fsockopen|file_get_contents|fopen|eval|exec|system|passthru|shell_exec|unserialize|base64_decode|\$_(GET|POST|REQUEST|COOKIE|SERVER))\b/', $code, $found ), 0, $file . ' ' . ( $found[0] ?? '' ) );
		holds( strpos( $code, 'defined(' ) !== false, "$file may be called by itself" );
	}
} );

test( 'deleting it leaves nothing, on no site of a network', static function () use ( $plugin ) {
	global $world;
	define( 'WP_UNINSTALL_PLUGIN', 'sportello/sportello.php' );
	$world['options'] = array( 'sportello' => 1, 'other' => 2 );
	$world['sites']   = array( 1 => array( 'sportello' => 1 ), 2 => array( 'sportello' => 1, 'more' => 3 ) );
	require "$plugin/uninstall.php";
	same( $world['sites'], array( 1 => array(), 2 => array( 'more' => 3 ) ) );
} );

// The last one: from here on there is WordPress 5.7's own function.
if ( PHP_VERSION_ID > 0 ) { // Not known before this line is reached.
	function wp_get_script_tag( $attributes ) {
		$written = '';
		foreach ( $attributes as $name => $value ) $written .= sprintf( ' %s="%s"', $name, 'src' === $name ? esc_url( $value ) : esc_attr( $value ) );
		return "<script$written nonce=\"abc\"></script>\n";
	}
}
test( 'a nonce of the site comes into the tag', static function () {
	keep( array() );
	holds( strpos( foot(), '<script type="module" src="https://chat.example.com/sportello.js" nonce="abc"></script>' ) === 0, foot() );
} );
