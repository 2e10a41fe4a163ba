//! A basket, a reservation, an order and its payment, which the visitor asked for.
//!
//! What is in the basket belongs to it; what was looked at, left behind or is recommended does not.

use super::Group;

pub(super) const BASKET: Group = Group {
    tells: true,
    topics: "aankoop$ aankoopproces$ achat$ acquisto$ adyen$ afrekenen$ afrekenproces$ afrekent$ appointment$ \
        appuntamento$ ausleihe$ bancontact$ basket$ baskets$ bestellabschluss$ bestelling$ bestellnummer$ \
        bestellprozess$ bestellprozesses$ bestellung$ bestellvorgang$ bestellvorgangs$ bestelnummer$ bestelproces$ \
        bestelwagen$ betaald$ betaalmethode$ betaalproces$ betaalprovider$ betalen$ betaling$ betalingen$ bezahlen$ \
        bezahlung$ bezahlvorgang$ bezahlvorgangs$ billetterie$ boeking$ boekingen$ boodschappenmand$ booking$ buchung$ \
        buchungen$ buchungsprozess$ buchungsvorgang$ caja$ carrello$ carrito$ cart$ carts$ cesta$ checkout$ checkouts$ \
        cita$ cobro$ commande$ donatie$ donation$ donations$ donativo$ donazione$ einkaufskorb$ einkaufsliste$ \
        einkaufstasche$ einkaufswagen$ entleihung$ giropay$ kaartbetaling$ kaartverkoop$ kaddie$ kartenkauf$ \
        kartenzahlung$ kassa$ kasse$ kaufabschluss$ kaufvorgang$ klarna$ mandje$ mandjes$ merkliste$ merkzettel$ \
        mollie$ monetico$ nexi$ ogone$ onlineterminvereinbarung$ ordering$ ordine$ pagamenti$ pagamento$ pagar$ pago$ \
        pagos$ paiement$ paiements$ panier$ paniers$ payment$ payments$ paypal$ payplug$ payzen$ pedido$ prenotazione$ \
        prenotazioni$ prereserva$ purchase$ redsys$ rendezvous$ reserva$ reservas$ reservation$ reservations$ \
        reserveert$ reserver$ reserveren$ reservering$ reserveringen$ reservieren$ reservierung$ reservierungen$ \
        shopping$ spende$ spenden$ stripe$ terminanfrage$ terminbuchung$ terminreservierung$ terminvereinbarung$ \
        ticketing$ ticketkauf$ ticketverkauf$ tpv$ transaccion$ transactie$ transaction$ transaktion$ transazione$ \
        vorbestellung$ vorgemerkte$ vorgemerkten$ warenkorb$ warenkorbs$ winkelmand$ winkelmandinhoud$ winkelmandje$ \
        winkelmandjes$ winkelwagen$ winkelwagentje$ zahlung$ zahlungen$ zahlungsabwicklung$ zahlungsanbieter$ \
        zahlungsart$ zahlungsdienst zahlungsvorgang$",
    words: "abzuwickeln$ address$ adres$ adresse$ aggiunti$ aggiunto$ ajoutes$ amount$ anadido$ anadidos$ article$ \
        articles$ articoli$ articolo$ articulo$ articulos$ artikel$ artikelen$ artikeln$ artikelnummer$ asiento$ \
        asientos$ bancaire$ bancaria$ bancario$ bank$ banking$ banque$ bedrag$ bestelde$ bestellingen$ bestellungen$ \
        betrag$ bezorg biglietti$ biglietto$ billet$ billets$ billett$ bookings$ btw$ bucher$ buono$ butaca$ butacas$ \
        caisse$ cantidad$ cap$ carta$ chosen$ commandes$ corsi$ corso$ coupon$ coupons$ course$ courses$ creditcard$ \
        credito$ cupon$ currency$ curso$ cursos$ database$ databases$ datum$ dernier$ descuento$ devise$ direccion$ \
        discount$ divisa$ document$ documenti$ documentos$ documents$ eingabe$ einkaufen$ eintrittskarte$ \
        eintrittskarten$ ejemplares$ entrada$ entradas$ evenement$ event$ eventi$ evento$ eventos$ events$ exemplare$ \
        fahrkarten$ fauteuils$ fecha$ gefullt$ gekozen$ gelegt$ gelegte$ gelegten$ gesamt$ gevuld$ goods$ gutschein$ \
        gutscheincode$ gutscheine$ hinzugefugt$ hinzugefugte$ hoeveelheid$ importe$ importo$ ingressi$ ingresso$ \
        inhalt$ inhalte$ inhalts$ inhoud$ item$ items$ iva$ kaarten$ kaartje$ kaartjes$ karte$ karten$ korting$ \
        kreditkarte$ kreditkarten$ kurs$ kurse$ laid$ levering$ libri$ libro$ libros$ lieferadresse$ lieferung$ \
        liegen$ livraison$ livre$ livres$ lleno$ localidad$ localidades$ meerdere$ mehrere$ mehreren$ mehrwertsteuer$ \
        menge$ messi$ method$ methode$ metodo$ mettez$ moneda$ montant$ notice$ oeuvres$ ordini$ ouvrages$ pedidos$ \
        pending$ pieno$ plaatsen$ placing$ plan$ plattegrond$ platz$ platze$ plusieurs$ plz$ poltrona$ poltrone$ \
        postal$ postcode$ posti$ prodotti$ prodotto$ product$ producten$ producto$ productos$ products$ produit$ \
        produits$ produktauswahl$ produkte$ produkten$ promo$ quantita$ quantite$ quantity$ rabatt$ rabattcode$ \
        remise$ reservated$ reservierte$ saalplan$ sconto$ seance$ seances$ seating$ seats$ securis selected$ several$ \
        shipping$ siege$ sieges$ sitze$ sitzplan$ sitzplatze$ slot$ slots$ spedizione$ stoel$ stoelen$ stuhle$ summe$ \
        termino$ toegangskaarten$ toegevoegd$ toegevoegde$ totaal$ total$ totale$ transacciones$ transacties$ \
        transactions$ transaktionen$ transazioni$ tva$ valuta$ varios$ vat$ veranstaltung$ versand$ versandart$ \
        voucher$ vouchers$ wahrung$ warenkorbinhalt$ werke$ winkelt$ zaalplan$ zitplaatsen$",
    phrases: "aankoop af te ronden|aantal artikelen|abholung der bestellung|abschluss des kaufs|achat de titres|\
        afhalen van de bestelling|anzahl der artikel|appointment request|auf den merkzettel gelegt|\
        authorise your payment|autoriser votre reglement|betalen met ideal|book a table|card payment|\
        carrito de la compra|cart contents|cesta de compra|cesta de la compra|check out|cita previa|\
        completar la compra|completare l acquisto|completing your purchase|compra de entradas|con carta|\
        concluder l acquisto|concludere l acquisto|contents of your basket|contents of your cart|\
        creneaux de livraison|dans le panier|delivery slots|durante el pedido|durante l ordine|en el carrito|\
        finaliser votre achat|finalizar la compra|fino al termine dell acquisto|fornitore del pagamento|\
        fornitore di pagamenti|im warenkorb|in den warenkorb gelegt|items in your basket|kauf abschliessen|\
        keeps track of the seats|liste d achats|met ideal|metodo de pago|metodo di pagamento|mode de paiement|\
        moyen de paiement|my order|nel carrello|nombre d articles|number of items|number of the ticket|\
        numero d ordine|numero de articulos|numero de billet|numero de commande|numero de pedido|numero di articoli|\
        online appointment|online order|order number|order process|pagamento con carta|pago con tarjeta|paid for with|\
        paiement par carte|panier d achat|payment method|payment process|payment provider|pendant la commande|\
        pick up of the order|prestataire de paiement|prise de rendez vous|proceso de compra|proveedor de pago|\
        proveedor de pagos|realizar la compra|recogida del pedido|reglement par carte|rendez vous|\
        retrait de la commande|ritiro dell ordine|seguir comprando|shop finds the cart data|shopping bag|\
        shopping list|termine dell acquisto|termine online|termino dell acquisto|ticket number|\
        tiene traccia dei posti|tijdens het bestellen|tramitar la compra|via ideal|wahrend der bestellung|\
        weiter einkaufen|where to find the cart data|you book|your order|zum einkauf|zum warenkorb hinzugefugt",
    beside: "aantal plaatsen|abzuwickeln$|added$|af te handelen|aggiunti$|aggiunto$|ajoutes$|anadidos$|\
        anzahl der platze|article$|articles$|articoli scelti|articoli$|articolo$|articulo$|articulos$|artikel$|\
        artikelen$|artikeln$|asientos elegidos|asientos$|ausgewahlten eintrittskarten|ausgewahlten platze|bestatigt$|\
        bestellen$|bestelt$|biglietti scelti|biglietti$|billets choisis|billets$|book$|booked$|books$|card$|cart data|\
        carte$|chosen seats|code$|contenido$|contents$|contenu$|contenuto$|corsi$|course$|courses$|cursos$|data e ora|\
        database$|date$|datum$|delivery$|each customer|eintrittskarten$|entradas elegidas|entradas$|envio repetido|\
        envoi repete|fahrkarten$|fecha$|garde la trace|gekozen kaartjes|gekozen producten|gekozen stoelen|\
        gereserveerd$|gereserveerde$|gewahlten artikel|gewahlten platze|guests$|ha pagado|ha pagato|haga el pedido|\
        herhaald verzenden|hinzugefugt$|in pianta|inhalt$|inhalte$|inhoud$|invio ripetuto|item$|items$|kaartjes$|\
        keeps track of|kurse$|la data|libri$|libros$|livres$|mehrfachen absenden|memoria$|mesa$|nombre de places|\
        number of guests|numero de plazas|numero di posti|payer$|pianta$|plaatsen$|places choisies|places$|platze$|\
        plazas$|posti scelti|posti$|prenotate$|prenotati$|prodotti$|product$|producten$|producto$|productos$|\
        products$|produit$|produits$|produkte$|quantity$|repeated submission|reservada$|reservadas$|reservado$|\
        reservados$|reserve$|reserved$|reservee$|reservees$|reserves$|reserviert$|reservierte$|reservierten$|\
        riservati$|seat$|seats$|selected seats|selected tickets|sie bestellen|sie bezahlt haben|sitzplatze$|stoelen$|\
        table$|tafel$|tarjeta$|tavolo$|tells the site|termin$|the database|the shop notice|ticket$|tickets$|\
        tiene traccia|tisch$|toegevoegd$|toegevoegde$|u betaald hebt|u hebt betaald|u verder winkelt|\
        veilig af te handelen|verder winkelt|vous avez paye|vous payez|what you have put|what you put|when you pay|\
        while you pay|winkelt$|you have paid|you order|you pay|you reserved",
};
